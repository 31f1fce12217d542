// The part of the program table that works on text.

import type { Command } from './command.ts';

export const textCommands = {
  basename: async () => (await import('./basename.ts')).basename,
  cmp: async () => (await import('./cmp.ts')).cmp,
  cut: async () => (await import('./cut.ts')).cut,
  date: async () => (await import('./date.ts')).date,
  dirname: async () => (await import('./dirname.ts')).dirname,
  find: async () => (await import('./find.ts')).find,
  grep: async () => (await import('./grep.ts')).grep,
  head: async () => (await import('./head.ts')).head,
  md5sum: async () => (await import('./checksum.ts')).md5sum,
  mktemp: async () => (await import('./mktemp.ts')).mktemp,
  nl: async () => (await import('./nl.ts')).nl,
  rev: async () => (await import('./rev.ts')).rev,
  sed: async () => (await import('./sed.ts')).sed,
  seq: async () => (await import('./seq.ts')).seq,
  sha1sum: async () => (await import('./checksum.ts')).sha1sum,
  sha224sum: async () => (await import('./checksum.ts')).sha224sum,
  sha256sum: async () => (await import('./checksum.ts')).sha256sum,
  sha384sum: async () => (await import('./checksum.ts')).sha384sum,
  sha512sum: async () => (await import('./checksum.ts')).sha512sum,
  sleep: async () => (await import('./sleep.ts')).sleep,
  sort: async () => (await import('./sort.ts')).sort,
  tac: async () => (await import('./tac.ts')).tac,
  tail: async () => (await import('./tail.ts')).tail,
  tee: async () => (await import('./tee.ts')).tee,
  tr: async () => (await import('./tr.ts')).tr,
  uniq: async () => (await import('./uniq.ts')).uniq,
  wc: async () => (await import('./wc.ts')).wc,
  yes: async () => (await import('./yes.ts')).yes,
} satisfies Record<string, () => Promise<Command>>;
