import test from 'ava';
import type { TraceEvent } from '../../shell/index.ts';
import { saysSomething } from './event-filter.ts';

const call = (name: string, args: (string | number)[], errno?: 'EXDEV'): TraceEvent => ({
  ...{ seq: 1, pid: 1, command: 'bash', kind: 'call', call: name, args },
  ...(errno === undefined ? {} : { errno }),
});

test('a shell that echoes keys changes no pane', (t) => {
  t.false(saysSomething(call('read', ['/dev/pts/0', 1])));
  t.false(saysSomething(call('write', ['/dev/pts/0', 1])));
});

test('writes, failures and steps of the union do', (t) => {
  t.true(saysSomething(call('write', ['/etc/issue', 5])));
  t.true(saysSomething(call('rename', ['/a', '/b'], 'EXDEV')));
  t.true(saysSomething({ seq: 1, pid: 1, command: 'rm', kind: 'opaque', path: '/d', layer: '/up' }));
});
