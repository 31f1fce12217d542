// The smaller text tools here against those of this machine.

import { bcCases } from './oracle/bc-cases.ts';
import { diffCases } from './oracle/diff-cases.ts';
import { grepCases } from './oracle/grep-cases.ts';
import { numberToolCases } from './oracle/number-tool-cases.ts';
import { patchCases } from './oracle/patch-cases.ts';
import { sortCases } from './oracle/sort-cases.ts';
import { textToolCases } from './oracle/text-tool-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

sameAsTools('text tools', ['factor', 'tsort', 'cksum', 'shuf', 'zgrep'], textToolCases);

sameAsTools('bc', ['bc'], bcCases);
sameAsTools('diff', ['diff', 'cmp'], diffCases);
sameAsTools('numbers', ['numfmt', 'csplit', 'look', 'b2sum'], numberToolCases);
sameAsTools('patch', ['patch', 'diff'], patchCases);
sameAsTools('grep', ['grep'], grepCases);
sameAsTools('sort', ['sort'], sortCases);
