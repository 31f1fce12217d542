// jq here against the jq of this machine.

import { jqCases, jqDifferences } from './oracle/jq-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

sameAsTools('jq', ['jq'], jqCases, jqDifferences);
