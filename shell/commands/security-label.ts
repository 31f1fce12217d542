// Where the security context of a file is kept: any kernel lets root write it.

import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { toText } from './text.ts';

export const SECURITY_LABEL = 'security.selinux';

export const securityContext = (process: Process, path: string, follow: boolean): string | undefined => {
  const { value } = attempt(() => process.getxattr(path, SECURITY_LABEL, { follow }));
  return value === undefined ? undefined : toText(value).replace(/\0$/, '');
};
