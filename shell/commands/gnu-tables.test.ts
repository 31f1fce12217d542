// The tables of command lines: the same output, messages, status and files as from the machine's own programs.

import { sameLines } from './gnu-oracle.ts';
import { dd } from './gnu-tables/dd.ts';
import { seq } from './gnu-tables/seq.ts';

for (const { tool, files, lines, rest } of [dd, seq]) sameLines(tool, files, lines, rest);
