// The part of the program table that is needed less often: filters, dumps, archives, and what asks the system.

import type { Command } from './command.ts';

export const toolCommands = {
  base32: async () => (await import('./base64.ts')).base32,
  base64: async () => (await import('./base64.ts')).base64,
  comm: async () => (await import('./comm.ts')).comm,
  expand: async () => (await import('./expand.ts')).expand,
  fold: async () => (await import('./fold.ts')).fold,
  paste: async () => (await import('./paste.ts')).paste,
  unexpand: async () => (await import('./unexpand.ts')).unexpand,
  expr: async () => (await import('./expr.ts')).expr,
  join: async () => (await import('./join.ts')).join,
  split: async () => (await import('./split.ts')).split,
  column: async () => (await import('./column.ts')).column,
  fmt: async () => (await import('./fmt.ts')).fmt,
  hexdump: async () => (await import('./hexdump.ts')).hexdump,
  od: async () => (await import('./od.ts')).od,
  strings: async () => (await import('./strings.ts')).strings,
  xxd: async () => (await import('./xxd.ts')).xxd,
  hd: async () => (await import('./hexdump.ts')).hd,
  tar: async () => (await import('./tar.ts')).tar,
  gzip: async () => (await import('./gzip.ts')).gzip,
  gunzip: async () => (await import('./gzip.ts')).gunzip,
  zcat: async () => (await import('./gzip.ts')).zcat,
} satisfies Record<string, () => Promise<Command>>;
