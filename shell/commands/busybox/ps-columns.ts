// The columns of busybox's ps, which shows all that there is and knows few of them.

import { type Column, psColumn } from '../ps-columns.ts';

export const appletColumns: readonly Column[] = [
  { heading: 'PID  ', width: 5, value: ({ pid }) => pid },
  ...['user'].flatMap((name) => psColumn(name) ?? []),
  { heading: 'TIME ', width: 5, value: () => '0:00' },
  ...['args'].flatMap((name) => psColumn(name) ?? []),
];
