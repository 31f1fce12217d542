// The programs that show processes, against the machine's own.

import { processToolCases } from './oracle/process-tool-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

sameAsTools('processes', ['pstree'], processToolCases);
