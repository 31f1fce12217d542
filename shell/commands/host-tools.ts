// Small programs that ask the host: whereis, ldd, lscpu, journalctl, blkid, losetup, logger.

import { makedev } from '../fs/mode.ts';
import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename, joinPath } from './path-name.ts';
import { usageError } from './usage-error.ts';

const BINARIES = [
  '/usr/bin',
  '/usr/sbin',
  '/bin',
  '/sbin',
  '/usr/lib',
  '/etc',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/share/man/man1',
];

export const whereis: Command = {
  name: 'whereis',
  help: `
Usage:
 whereis [options] <name>...

Find the files of a program.

Options:
 -b          programs only
 -m -s -u    accepted
     --help  display this help
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, whereis, argv, { b: {}, m: {}, s: {}, u: {} });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return usageError(out, whereis, 'not enough arguments');
    for (const operand of parsed.operands) {
      const name = basename(operand);
      const seen = new Set<string>();
      const found = BINARIES.flatMap((directory) => {
        // /bin is /usr/bin on a merged system: each file once.
        const path = joinPath(directory, directory.endsWith('man1') ? `${name}.1.gz` : name);
        const stat = process.tryStat(path);
        const key = stat && `${stat.dev}:${stat.ino}`;
        if (key === undefined || seen.has(key) || stat?.kind === 'directory') return [];
        seen.add(key);
        return [path];
      });
      out.line([`${name}:`, ...found].join(' '));
    }
    return out.end();
  },
};

const LINKED =
  '\tlinux-vdso.so.1 (0x00007ffd3a5c9000)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1f2c000000)\n\t/lib64/ld-linux-x86-64.so.2 (0x00007f1f2c3b5000)\n';
const MUSL = '/lib/ld-musl-x86_64.so.1';

export const ldd: Command = {
  name: 'ldd',
  usageHint: "Try `ldd --help' for more information.",
  help: `Usage: ldd [OPTION]... FILE...
Tell which shared libraries a program is linked with: here the C library.

      --help              print this help and exit
      --version           print version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, ldd, argv, { verbose: { short: 'v' }, unused: { short: 'u' } });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return usageError(out, ldd, 'missing file arguments');
    for (const name of parsed.operands) {
      const path = name.includes('/') ? name : `./${name}`;
      if (parsed.operands.length > 1) out.line(`${name}:`);
      const { value: stat, error } = attempt(() => process.stat(path));
      if (error) await out.complain(path, error);
      else if (stat.kind !== 'file') await out.warn(`${path}: not regular file`);
      else if (!readText(process, path).startsWith('\x7fELF')) {
        out.status = 1;
        await out.errorText('\tnot a dynamic executable\n');
      } else if (process.tryStat(MUSL))
        out.text(`\t${MUSL} (0x7f2a6c2d0000)\n\tlibc.musl-x86_64.so.1 => ${MUSL} (0x7f2a6c2d0000)\n`);
      else out.text(LINKED);
    }
    return out.end();
  },
};

export const lscpu: Command = {
  name: 'lscpu',
  help: `
Usage:
 lscpu

Tell about the processors.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, lscpu, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const text = attempt(() => readText(process, '/proc/cpuinfo')).value ?? '';
    const model = /^model name\s*: (.*)$/m.exec(text)?.[1] ?? '';
    const count = text.match(/^processor/gm)?.length ?? 1;
    const rows: [string, string][] = [
      ['Architecture', 'x86_64'],
      ['CPU op-mode(s)', '32-bit, 64-bit'],
      ['Byte Order', 'Little Endian'],
      ['CPU(s)', String(count)],
      ['On-line CPU(s) list', Array.from({ length: count }, (_, at) => at).join(',')],
      ['Model name', model],
      ['Thread(s) per core', '1'],
      ['Core(s) per socket', String(count)],
      ['Socket(s)', '1'],
    ];
    for (const [name, value] of rows) out.line(`${`${name}:`.padEnd(25)}${value}`);
    return out.end();
  },
};

export const journalctl: Command = {
  name: 'journalctl',
  help: `Usage: journalctl [OPTIONS...] [MATCHES...]

Show the log of the kernel (-k). Services, the Docker daemon among them, keep none here.

  -u --unit=UNIT   of this service
  -k --dmesg       of the kernel
  -f -n -e -x -b   accepted
     --no-pager    accepted
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const options = {
      unit: { short: 'u', argument: 'required' },
      dmesg: { short: 'k' },
      follow: { short: 'f' },
      lines: { short: 'n', argument: 'required' },
      'pager-end': { short: 'e' },
      catalog: { short: 'x' },
      boot: { short: 'b' },
      'no-pager': {},
      reverse: { short: 'r' },
      since: { short: 'S', argument: 'required' },
    } as const;
    const parsed = await parseOptions(out, journalctl, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const lines = parsed.has('dmesg') && process.container === undefined ? process.kernel.log : [];
    for (const line of lines) out.line(line);
    if (lines.length === 0) out.line('-- No entries --');
    return out.end();
  },
};

export const blkid: Command = {
  name: 'blkid',
  help: `
Usage:
 blkid [<dev> ...]

Tell about the filesystems on disks.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, blkid, argv, {
      output: { short: 'o', argument: 'required' },
      'match-tag': { short: 's', argument: 'required' },
    });
    if ('exit' in parsed) return parsed.exit;
    const { disk } = process.kernel;
    const mounted = process.kernel.namespace.root;
    const asked = parsed.operands;
    const shown =
      process.container === undefined &&
      disk.dev === makedev(254, 0) &&
      (asked.length === 0 || asked.includes(mounted.source));
    if (!shown) return asked.length === 0 ? 0 : 2;
    out.line(
      `${mounted.source}: UUID="8f3c1d52-6a0e-4b7d-9c21-5e0f7a3b9d14" BLOCK_SIZE="4096" TYPE="${mounted.type}"`,
    );
    return out.end();
  },
};

export const losetup: Command = {
  name: 'losetup',
  help: `
Usage:
 losetup [options] [<loopdev>]

Loop devices: there are none in use, and none can be set up, since cowsh simulates file
systems and not disks.

Options:
 -a, --all    list those in use
 -f, --find   the first that is free
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, losetup, argv, {
      all: { short: 'a' },
      list: { short: 'l' },
      find: { short: 'f' },
      show: {},
      detach: { short: 'd', argument: 'required' },
      partscan: { short: 'P' },
      'read-only': { short: 'r' },
      offset: { short: 'o', argument: 'required' },
    });
    if ('exit' in parsed) return parsed.exit;
    const file = parsed.operands.at(-1);
    if (file !== undefined) {
      await out.warn(`${file}: failed to set up loop device: cowsh simulates file systems, not disks`);
      return 1;
    }
    if (parsed.has('find')) out.line('/dev/loop0');
    return out.end();
  },
};

export const logger: Command = {
  name: 'logger',
  help: `
Usage:
 logger [options] [<message>]

Send a message to the system's log. No daemon takes it here.

Options:
 -s, --stderr          print it too
 -t, --tag <tag>       in place of the user's name
 -p, --priority <prio> accepted
 -i, --id              accepted
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, logger, argv, {
      stderr: { short: 's' },
      tag: { short: 't', argument: 'required' },
      priority: { short: 'p', argument: 'required' },
      id: { short: 'i' },
      file: { short: 'f', argument: 'required' },
    });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('stderr'))
      await out.errorText(`${parsed.value('tag') ?? 'root'}: ${parsed.operands.join(' ')}\n`);
    await out.warn('socket /dev/log: No such file or directory');
    return 1;
  },
};
