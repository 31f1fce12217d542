// stat: what the kernel knows of a file or a file system.

import { major, minor } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { inodeText } from '../fs/wide-inode.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { deviceNumberOf } from './device-number.ts';
import { fileSystemMagic, fileSystemName } from './file-system-names.ts';
import { fileTypeName } from './file-type-name.ts';
import { modeString } from './mode-string.ts';
import { mountOf } from './mount-of.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteListed, quoteLocale } from './quoting.ts';
import { SECURITY_LABEL, securityContext } from './security-label.ts';
import { fillFormat, type Value } from './stat-format.ts';
import { statHelp } from './stat-help.ts';
import { fullTime, secondsOf } from './time-text.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  dereference: { short: 'L' },
  'file-system': { short: 'f' },
  cached: { argument: 'required' },
  format: { short: 'c', argument: 'required' },
  printf: { argument: 'required' },
  terse: { short: 't' },
} as const;

const DEFAULT = `  File: %N
  Size: %-10s	Blocks: %-10b IO Block: %-6o %F
Device: %Hd,%Ld	Inode: %-10i  Links: LINKS
Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
 Birth: %w
`;
/** What stands after "Links:", for devices and for all else. */
const LINKS = { device: '%-5h Device type: %Hr,%Lr', other: '%h' } as const;
const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n';
const FILE_SYSTEM = `  File: "%n"
    ID: %-8i Namelen: %-7l Type: %T
Block size: %-10s Fundamental block size: %S
Blocks: Total: %-10b Free: %-10f Available: %a
Inodes: Total: %-10c Free: %d
`;
const TERSE_FILE_SYSTEM = '%n %i %l %t %s %S %b %f %a %c %d\n';

export const stat: Command = {
  name: 'stat',
  help: statHelp,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, stat, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, stat, []);
    const cached = parsed.value('cached');
    if (cached !== undefined && (await choose(out, '--cached', cached, CACHED, stat)) === undefined) return 1;
    const given = parsed.last('format', 'printf');
    const fileSystem = parsed.has('file-system');
    const terse = parsed.has('terse');
    const value = given === undefined ? '' : (parsed.value(given) ?? '');
    const own = fileSystem ? (terse ? TERSE_FILE_SYSTEM : FILE_SYSTEM) : terse ? TERSE : DEFAULT;
    const format = given === undefined ? own : value;
    for (const name of parsed.operands) {
      const quote = given === undefined ? quoteListed : quoteAlways;
      const values = await valuesOf(out, name, { fileSystem, follow: parsed.has('dereference'), quote });
      if (!values) continue;
      const links = /^(char|block)/.test(String(values('F'))) ? LINKS.device : LINKS.other;
      const layout = format === DEFAULT ? DEFAULT.replace('LINKS', links) : format;
      const filled = fillFormat(layout, given === 'printf', values);
      for (const warning of filled.warnings) await out.errorText(`${out.name}: warning: ${warning}\n`);
      if (!fileSystem && SECURITY_CONTEXT.test(layout))
        await tellContext(out, name, parsed.has('dereference'));
      out.text(filled.text);
      if (given === 'format' && filled.invalid === undefined) out.text('\n');
      if (filled.invalid === undefined) continue;
      await out.warn(`${quoteAlways(process, filled.invalid)}: invalid directive`);
      return out.end();
    }
    return out.end();
  },
};

const CACHED = { default: ['default'], never: ['never'], always: ['always'] } as const;
const SECURITY_CONTEXT = /%[-+ #0'I]*\d*(?:\.\d*)?C/;

/** There is no security module: most files have no context. */
const tellContext = async (out: Output, name: string, follow: boolean): Promise<void> => {
  const { process } = out;
  const found = attempt(() => process.getxattr(name, SECURITY_LABEL, { follow }));
  if (found.error === undefined) return;
  await out.complain(`failed to get security context of ${quoteAlways(process, name)}`, found.error);
};

type Values = (code: string) => Value | undefined;

interface Look {
  readonly fileSystem: boolean;
  readonly follow: boolean;
  /** How %N quotes: the layout of its own only where it must. */
  readonly quote: typeof quoteAlways;
}

const valuesOf = async (out: Output, name: string, look: Look): Promise<Values | undefined> => {
  const { process } = out;
  if (look.fileSystem) {
    if (name === '-') {
      const dash = quoteLocale(process, '-');
      await out.warn(`using ${dash} to denote standard input does not work in file system mode`);
      return undefined;
    }
    const found = attempt(() => process.statfs(name));
    if (found.value) return fileSystemValues(process, name);
    await out.complain(`cannot read file system information for ${quoteAlways(process, name)}`, found.error);
    return undefined;
  }
  const found = attempt(() =>
    name === '-' ? process.fstat(0) : look.follow ? process.stat(name) : process.lstat(name),
  );
  if (found.value) return fileValues(process, name, found.value, look.quote);
  const call = name === '-' ? 'cannot stat standard input' : `cannot statx ${quoteAlways(process, name)}`;
  await out.complain(call, found.error);
  return undefined;
};

const fileValues = (process: Process, name: string, stat: Stat, quote: typeof quoteAlways): Values => {
  const accounts = new Accounts(process);
  const device = stat.kind === 'char' || stat.kind === 'block' ? stat.rdev : 0;
  const table: Readonly<Record<string, () => Value>> = {
    a: () => stat.mode & 0o7777,
    A: () => modeString(stat.mode),
    b: () => stat.blocks,
    B: () => 512,
    C: () => securityContext(process, name, false) ?? '?',
    d: () => deviceNumberOf(stat.dev),
    D: () => deviceNumberOf(stat.dev),
    Hd: () => major(stat.dev),
    Ld: () => minor(stat.dev),
    f: () => stat.mode,
    F: () => fileTypeName(stat),
    g: () => stat.gid,
    G: () => accounts.groupOf(stat.gid)?.name ?? 'UNKNOWN',
    h: () => stat.nlink,
    i: () => BigInt(inodeText(stat.ino)),
    m: () => mountOf(process, name)?.target ?? '?',
    n: () => name,
    N: () => quotedName(process, name, stat, quote),
    o: () => stat.blksize,
    r: () => deviceNumberOf(device),
    R: () => deviceNumberOf(device),
    Hr: () => major(device),
    Lr: () => minor(device),
    s: () => stat.size,
    t: () => major(device),
    T: () => minor(device),
    u: () => stat.uid,
    U: () => accounts.userOf(stat.uid)?.name ?? 'UNKNOWN',
    w: () => (stat.btime === undefined ? '-' : fullTime(stat.btime)),
    W: () => (stat.btime === undefined ? 0 : secondsOf(stat.btime)),
    x: () => fullTime(stat.atime),
    X: () => secondsOf(stat.atime),
    y: () => fullTime(stat.mtime),
    Y: () => secondsOf(stat.mtime),
    z: () => fullTime(stat.ctime),
    Z: () => secondsOf(stat.ctime),
  };
  return (code) => table[code]?.();
};

/** `'l' -> 'target'` */
const quotedName = (process: Process, name: string, stat: Stat, quote: typeof quoteAlways): string => {
  const link = stat.kind === 'symlink' ? ` -> ${quote(process, process.readlink(name))}` : '';
  return quote(process, name) + link;
};

const fileSystemValues = (process: Process, name: string): Values => {
  const found = process.statfs(name);
  const dev = deviceNumberOf(process.stat(name).dev);
  const table: Readonly<Record<string, () => Value>> = {
    // %a and %f are in octal and hexadecimal for files only.
    a: () => String(found.bavail),
    b: () => found.blocks,
    c: () => found.files,
    d: () => found.ffree,
    f: () => String(found.bfree),
    i: () => (found.fsid ?? dev).toString(16),
    l: () => 255,
    n: () => name,
    s: () => found.bsize,
    S: () => found.bsize,
    t: () => fileSystemMagic(found.type).toString(16),
    T: () => fileSystemName(found.type),
  };
  return (code) => table[code]?.();
};
