// jq here against the jq of this machine.

import { jqCases, jqDifferences } from './oracle/jq-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

// jq 1.6 takes its time to start: several tests, so that none takes too long.
const PART = 110;
for (let from = 0; from < jqCases.length; from += PART)
  sameAsTools(`jq, from ${from}`, ['jq'], jqCases.slice(from, from + PART), jqDifferences);
