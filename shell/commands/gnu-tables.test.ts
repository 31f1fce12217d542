// The tables of command lines: the same output, messages, status and files as from the machine's own programs.

import { sameLines } from './gnu-oracle.ts';
import { column } from './gnu-tables/column.ts';
import { dd } from './gnu-tables/dd.ts';
import { du } from './gnu-tables/du.ts';
import { hexdump } from './gnu-tables/hexdump.ts';
import { join } from './gnu-tables/join.ts';
import { ls } from './gnu-tables/ls.ts';
import { namei } from './gnu-tables/namei.ts';
import { od } from './gnu-tables/od.ts';
import { seq } from './gnu-tables/seq.ts';
import { stat } from './gnu-tables/stat.ts';
import { tree } from './gnu-tables/tree.ts';
import { xxd } from './gnu-tables/xxd.ts';

for (const { tool, files, lines, rest } of [
  column,
  dd,
  du,
  hexdump,
  join,
  ls,
  namei,
  od,
  seq,
  stat,
  tree,
  xxd,
])
  sameLines(tool, files, lines, rest);
