// The awks here against the awks of this machine.

import { awkDifferences, busyboxAwkCases, gawkCases, mawkCases } from './oracle/awk-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

sameAsTools('mawk', ['mawk'], mawkCases);
sameAsTools('gawk', ['gawk'], gawkCases);
sameAsTools('busybox awk', ['busybox'], busyboxAwkCases, awkDifferences);
