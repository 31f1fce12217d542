// file: what kind of file it is, from the kernel's word and the first bytes.

import { major, minor } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toText } from './text.ts';

const options = {
  brief: { short: 'b' },
  dereference: { short: 'L' },
  'no-dereference': { short: 'h' },
  'mime-type': {},
  mime: { short: 'i' },
} as const;

export const file: Command = {
  name: 'file',
  help: `Usage: file [OPTION]... FILE...
Say what kind of file each FILE is.

  -b, --brief            without the names
  -h, --no-dereference   symbolic links themselves (default)
  -L, --dereference      what symbolic links point to
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, file, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.errorText('Usage: file [-bhL] FILE...\n');
      return 1;
    }
    const widest = Math.max(...parsed.operands.map((name) => name.length));
    for (const name of parsed.operands) {
      const label = parsed.has('brief') ? '' : `${`${name}:`.padEnd(widest + 1)} `;
      out.line(label + describe(process, name, parsed.has('dereference')));
    }
    return out.end();
  },
};

const describe = (process: Process, name: string, follow: boolean): string => {
  const looked = attempt(() => (follow ? process.stat(name) : process.lstat(name)));
  if (looked.error) return `cannot open \`${name}' (${looked.error.message})`;
  const stat = looked.value;
  if (stat.kind !== 'file') return special(process, name, stat);
  const bits = (stat.mode & 0o4000 ? 'setuid ' : '') + (stat.mode & 0o2000 ? 'setgid ' : '');
  if (stat.size === 0) return `${bits}empty`;
  const opened = attempt(() => process.open(name, O.RDONLY));
  if (opened.error) return `${bits}regular file, no read permission`;
  const head = process.pread(opened.value, 4096, 0);
  process.close(opened.value);
  return bits + contents(head);
};

const special = (process: Process, name: string, stat: Stat): string => {
  const sticky = stat.mode & 0o1000 ? 'sticky, ' : '';
  if (stat.kind === 'directory') return `${sticky}directory`;
  if (stat.kind === 'fifo') return 'fifo (named pipe)';
  if (stat.kind === 'socket') return 'socket';
  if (stat.kind !== 'symlink') {
    return `${stat.kind === 'char' ? 'character' : 'block'} special (${major(stat.rdev)}/${minor(stat.rdev)})`;
  }
  const target = process.readlink(name);
  return `${process.tryStat(name) ? '' : 'broken '}symbolic link to ${target}`;
};

const MAGIC: readonly [bytes: readonly number[], at: number, text: string][] = [
  [
    [0x7f, 0x45, 0x4c, 0x46],
    0,
    'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, stripped',
  ],
  [[0x1f, 0x8b], 0, 'gzip compressed data'],
  [[0x42, 0x5a, 0x68], 0, 'bzip2 compressed data'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 0, 'XZ compressed data'],
  [[0x50, 0x4b, 0x03, 0x04], 0, 'Zip archive data'],
  [[0x89, 0x50, 0x4e, 0x47], 0, 'PNG image data'],
  [[0x75, 0x73, 0x74, 0x61, 0x72], 257, 'POSIX tar archive'],
];

const contents = (head: Uint8Array): string => {
  const known = MAGIC.find(([bytes, at]) => bytes.every((byte, index) => head[at + index] === byte));
  if (known) return known[2];
  if (head.includes(0)) return 'data';
  const text = toText(head);
  if (/[\udc80-\udcff]/.test(text))
    return head.some((byte) => byte < 32 && !/\s/.test(String.fromCharCode(byte))) ? 'data' : 'ISO-8859 text';
  const encoding = head.some((byte) => byte >= 128) ? 'Unicode text, UTF-8 text' : 'ASCII text';
  return scriptText(text, encoding);
};

const scriptText = (text: string, encoding: string): string => {
  const interpreter = /^#! *(\S+)(?: +(\S+))?/.exec(text);
  const crlf = /\r\n/.test(text) ? ', with CRLF line terminators' : '';
  if (!interpreter) {
    if (/^\s*[{[]/.test(text) && attempt(() => isJson(text)).value) return 'JSON text data';
    return encoding + (text.includes('\n') ? crlf : ', with no line terminators');
  }
  const program =
    interpreter[1]?.split('/').at(-1) === 'env' ? interpreter[2] : interpreter[1]?.split('/').at(-1);
  const shells: Readonly<Record<string, string>> = {
    sh: 'POSIX shell script',
    bash: 'Bourne-Again shell script',
    python3: 'Python script',
    perl: 'Perl script',
  };
  return `${shells[program ?? ''] ?? `a ${interpreter[1]} script`}, ${encoding} executable`;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
