// The programs that show processes, against the machine's own.

import { processFileCases, processToolCases } from './oracle/process-tool-cases.ts';
import { psCases } from './oracle/ps-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

sameAsTools('processes', ['pstree'], processToolCases);
sameAsTools(
  'what /proc tells, niceness and limits of time',
  ['renice', 'timeout', 'flock', 'lsns', 'pgrep', 'killall', 'free', 'pwdx'],
  processFileCases,
);
sameAsTools('ps', ['ps'], psCases);
