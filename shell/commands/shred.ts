// shred: overwrite a file so that nothing is left of it.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename, dirname, joinPath } from './path-name.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  exact: { short: 'x' },
  force: { short: 'f' },
  iterations: { short: 'n', argument: 'required' },
  size: { short: 's', argument: 'required' },
  u: {},
  remove: { argument: 'optional' },
  verbose: { short: 'v' },
  zero: { short: 'z' },
} as const;

const CHUNK = 65_536;

export const shred: Command = {
  name: 'shred',
  help: `Usage: shred [OPTION]... FILE...
Overwrite FILEs again and again, so that what they held cannot be brought back.

  -f, --force          change modes where writing is not allowed
  -n, --iterations=N   overwrite N times, not 3
  -s, --size=N         overwrite N bytes
  -u                   remove the file afterwards
      --remove[=HOW]   the same
  -v, --verbose        tell how far it is
  -x, --exact          do not go up to whole blocks
  -z, --zero           a last pass of zeros
      --help        display this help and exit
      --version     output version information and exit

On an overlay the file of the lower layer stays as it is: only its copy is overwritten.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, shred, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const passes = parsed.value('iterations') ?? '3';
    if (!/^\d+$/.test(passes)) {
      await out.warn(`invalid number of passes: ${quoteLocale(process, passes)}`);
      return 1;
    }
    const size = parsed.has('size') ? parseSize(parsed.value('size') ?? '') : undefined;
    if (parsed.has('size') && size === undefined) {
      await out.warn(`invalid file size: ${quoteLocale(process, parsed.value('size') ?? '')}`);
      return 1;
    }
    if (parsed.operands.length === 0) return missingOperand(out, shred, [], 'file operand');
    const plan = {
      passes: Number(passes),
      size,
      zero: parsed.has('zero'),
      verbose: parsed.has('verbose'),
      exact: parsed.has('exact'),
      force: parsed.has('force'),
      remove: parsed.has('u') || parsed.has('remove'),
    };
    for (const name of parsed.operands) await shredFile(out, name, plan);
    return out.end();
  },
};

interface Plan {
  readonly passes: number;
  readonly size: number | undefined;
  readonly zero: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly force: boolean;
  readonly remove: boolean;
}

const shredFile = async (out: Output, name: string, plan: Plan): Promise<void> => {
  const { process } = out;
  const shown = quoteIfNeeded(process, name);
  let opened = attempt(() => process.open(name, O.WRONLY));
  if (opened.error?.code === 'EACCES' && plan.force) {
    attempt(() => process.chmod(name, 0o200));
    opened = attempt(() => process.open(name, O.WRONLY));
  }
  if (opened.error !== undefined) return out.complain(`${shown}: failed to open for writing`, opened.error);
  const fd = opened.value;
  const stat = process.fstat(fd);
  const whole = Math.ceil(stat.size / stat.blksize) * stat.blksize;
  const size = plan.size ?? (plan.exact || stat.kind !== 'file' ? stat.size : whole);
  const total = plan.passes + (plan.zero ? 1 : 0);
  for (let pass = 1; pass <= total; pass++) {
    const zero = pass > plan.passes;
    if (plan.verbose)
      await out.errorText(
        `${out.name}: ${shown}: pass ${pass}/${total} (${zero ? '000000' : 'random'})...\n`,
      );
    for (let at = 0; at < size; at += CHUNK) {
      const bytes = new Uint8Array(Math.min(CHUNK, size - at));
      if (!zero) bytes.set(process.kernel.random.bytes(bytes.length));
      process.pwrite(fd, bytes, at);
      await process.breathe();
    }
    process.fsync(fd);
  }
  if (plan.remove) process.ftruncate(fd, 0);
  process.close(fd);
  if (plan.remove) await removeName(out, name, plan.verbose);
};

/** The name is overwritten too: ever shorter names of zeros, and then none. */
const removeName = async (out: Output, name: string, verbose: boolean): Promise<void> => {
  const { process } = out;
  const tell = async (text: string): Promise<void> => {
    if (verbose) await out.errorText(`${out.name}: ${text}\n`);
  };
  await tell(`${name}: removing`);
  let now = name;
  for (let length = basename(name).length; length > 0; length--) {
    const next =
      dirname(name) === '.' && !name.startsWith('./')
        ? '0'.repeat(length)
        : joinPath(dirname(name), '0'.repeat(length));
    if (process.tryLstat(next) !== undefined) continue;
    process.rename(now, next);
    await tell(`${now}: renamed to ${next}`);
    now = next;
  }
  process.unlink(now);
  await tell(`${name}: removed`);
};
