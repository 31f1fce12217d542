// The options of patch, and the file that a part of a patch is about.

import type { Options } from './options.ts';
import type { Output } from './output.ts';
import type { FilePatch } from './patch-read.ts';

export const patchOptions = {
  strip: { short: 'p', argument: 'required' },
  reverse: { short: 'R' },
  input: { short: 'i', argument: 'required' },
  output: { short: 'o', argument: 'required' },
  directory: { short: 'd', argument: 'required' },
  'dry-run': {},
  quiet: { short: 's', alias: ['silent'] },
  fuzz: { short: 'F', argument: 'required' },
  forward: { short: 'N' },
  backup: { short: 'b' },
  'remove-empty-files': { short: 'E' },
  unified: { short: 'u' },
  force: { short: 'f' },
  batch: { short: 't' },
  verbose: {},
  'reject-file': { short: 'r', argument: 'required' },
  suffix: { short: 'z', argument: 'required' },
  'version-control': { short: 'V', argument: 'required' },
  prefix: { short: 'B', argument: 'required' },
  'backup-if-mismatch': {},
  'no-backup-if-mismatch': {},
  'ignore-whitespace': { short: 'l' },
  context: { short: 'c' },
  normal: { short: 'n' },
  'set-utc': { short: 'Z' },
  'set-time': { short: 'T' },
  binary: {},
  debug: { short: 'x', argument: 'required' },
  posix: {},
} as const;

export type PatchGiven = Options<keyof typeof patchOptions>;

/** The name whose file is there, or is to be made; without -p only the last part of it counts. */
export const fileOf = ({ process }: Output, parsed: PatchGiven, one: FilePatch): string | undefined => {
  const strip = parsed.value('strip');
  const stripped = (name: string): string => {
    const parts = name.split(/\/+/);
    return strip === undefined ? (parts.at(-1) ?? '') : parts.slice(Number(strip)).join('/');
  };
  const names = [one.oldName, one.newName]
    .filter((name) => name !== '/dev/null')
    .map(stripped)
    .filter((name) => name !== '');
  const there = names.find((name) => process.tryStat(name) !== undefined);
  // A file that is to be made, or that is gone already, has no name to be found by.
  return there ?? (one.creates || one.deletes ? names[0] : undefined);
};

export const lostFile = (out: Output, { head, hunks, line }: FilePatch, parsed: PatchGiven): void => {
  out.status = 1;
  const rule = '--------------------------';
  const asks =
    parsed.has('force') || parsed.has('batch')
      ? 'No file to patch.  '
      : 'File to patch: \nSkip this patch? [y] \n';
  out.line(`can't find file to patch at input line ${line}`);
  out.line(
    parsed.has('strip')
      ? 'Perhaps you used the wrong -p or --strip option?'
      : 'Perhaps you should have used the -p or --strip option?',
  );
  if (head.length > 0) {
    const quoted = head.map((text) => `|${text}`).join('');
    out.text(`The text leading up to this was:\n${rule}\n${quoted}${rule}\n`);
  }
  out.line(`${asks}Skipping patch.`);
  out.line(`${hunks.length} out of ${hunks.length} hunk${hunks.length === 1 ? '' : 's'} ignored`);
};
