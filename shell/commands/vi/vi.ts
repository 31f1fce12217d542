// vi, by the names it is known under: vim's in most images, busybox's own in the others.

import type { Command } from '../command.ts';
import { flavorOf } from '../flavor.ts';
import { printHelp } from '../options.ts';
import { Output } from '../output.ts';
import { EditSession, type Manner } from './edit-session.ts';
import { busyboxStatus, vimStatus } from './frame.ts';
import { writeAsBusybox, writeAsVim } from './write-text.ts';

const about = (path: string, words: string, lines: number, bytes: number, quote: string): string =>
  `${quote}${path}${quote}${words === '' ? '' : ` ${words}`}${lines === 0 && words === '[New]' ? '' : ` ${lines}L, ${bytes}${quote === '"' ? 'B' : 'C'}`}`;

const VIM: Manner = {
  status: vimStatus,
  write: writeAsVim,
  swap: true,
  opened: (path, lines, bytes, words) => about(path, words, lines, bytes, '"'),
  written: (path, lines, bytes, words) =>
    `"${path}"${words === '' ? '' : ` ${words}`} ${lines}L, ${bytes}B written`,
};

const BUSYBOX: Manner = {
  status: busyboxStatus,
  write: writeAsBusybox,
  swap: false,
  opened: () => '',
  written: (path, lines, bytes) => `'${path}' ${lines}L, ${bytes}C`,
};

interface Asked {
  readonly files: readonly string[];
  readonly commands: readonly string[];
  readonly readonly: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly problem: string | undefined;
}

const TAKES_VALUE = new Set(['-c', '--cmd', '-u', '-U', '-i', '-T', '-t', '-s', '-w', '-W', '-H']);

const readWords = (words: readonly string[]): Asked => {
  const files: string[] = [];
  const commands: string[] = [];
  let [readonly, help, version] = [false, false, false];
  let problem: string | undefined;
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') files.push(...queue.splice(0));
    else if (word.startsWith('+')) commands.push(word === '+' ? '$' : word.slice(1));
    else if (TAKES_VALUE.has(word)) {
      const value = queue.shift();
      if (word === '-c' && value !== undefined) commands.push(value);
    } else if (word === '--help' || word === '-h') help = true;
    else if (word === '--version') version = true;
    else if (word === '-R' || word === '-M') readonly = true;
    else if (/^-[nNCevbEmXy]+$/.test(word) || word === '--clean' || word === '--noplugin') continue;
    else if (word.startsWith('-') && word !== '-') problem ??= word;
    else files.push(word);
  }
  return { files, commands, readonly, help, version, problem };
};

const VERSION = 'VIM - Vi IMproved 9.1 (cowsh)\nSmall version without GUI.\n';

const run: Command['run'] = async (process, argv) => {
  const out = new Output(process);
  const name = (argv[0] ?? 'vi').split('/').at(-1) ?? 'vi';
  const asked = readWords(argv.slice(1));
  if (asked.help) return printHelp(out, vi);
  if (asked.version) {
    out.text(VERSION);
    return out.end();
  }
  if (asked.problem !== undefined) {
    await out.errorText(
      `${VERSION.split('\n')[0]}\nUnknown option argument: "${asked.problem}"\nMore info with: "vim -h"\n`,
    );
    return 1;
  }
  if (process.tty(1) === undefined) await out.errorText('Vim: Warning: Output is not to a terminal\n');
  if (process.tty(0) === undefined) await out.errorText('Vim: Warning: Input is not from a terminal\n');
  const readonly = asked.readonly || name === 'view';
  const manner = flavorOf(process) === 'busybox' ? BUSYBOX : VIM;
  return new EditSession(process, manner).run(asked.files[0] ?? '', { readonly, commands: asked.commands });
};

export const vi: Command = {
  name: 'vi',
  help: `Usage: vi [OPTION]... [FILE]
Edit a text on the whole screen.

  +N, +/PATTERN, -c COMMAND   begin there, or with this colon command
  -R                          read only, as under the name view

  i a o     insert here, behind, below        Esc  back to commands
  h j k l   left, down, up, right             w b  by words
  x dd yy p delete, cut, copy, put            u    undo, Ctrl-R redo
  /TEXT n   search, search again              .    the last change again
  :w :q :x  write, quit, both                 :q!  quit without writing
`,
  run,
};
