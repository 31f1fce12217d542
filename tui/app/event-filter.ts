// Which events of the trace can change what the panes show: a shell that waits for keys makes many that cannot.
import type { TraceEvent } from '../../shell/index.ts';

const LOOKING: ReadonlySet<string> = new Set([
  ...['read', 'pread', 'lseek', 'close', 'dup', 'dup2', 'setCloseOnExec', 'pipe', 'getcwd', 'umask'],
  ...[
    'stat',
    'lstat',
    'fstat',
    'statfs',
    'access',
    'readlink',
    'readdir',
    'getdents',
    'getxattr',
    'listxattr',
  ],
]);

export function saysSomething(event: TraceEvent): boolean {
  if (event.kind !== 'call' || event.errno !== undefined) return true;
  if (LOOKING.has(event.call)) return false;
  // Output on a terminal.
  return !(event.call === 'write' && String(event.args[0]).startsWith('/dev/'));
}
