// dd: copy blocks.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { type DdRules, readOperands } from './dd-operands.ts';
import { flavorOf, libcOf } from './flavor.ts';
import { humanSize } from './human-size.ts';
import { printHelp, printVersion } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { joinBytes } from './text.ts';

export const dd: Command = {
  name: 'dd',
  help: `Usage: dd [OPERAND]...
  or:  dd OPTION
Copy a file in blocks, changing it on the way as the operands say.

  bs=BYTES        read and write BYTES at once (default: 512)
  cbs=BYTES       accepted
  conv=CONVS      notrunc, excl, nocreat, sync, noerror, fsync, fdatasync,
                    sparse, lcase, ucase, swab; commas between
  count=N         copy N input blocks alone
  ibs=BYTES       read BYTES at once
  if=FILE         read FILE, not standard input
  iflag=FLAGS     fullblock, count_bytes, skip_bytes
  obs=BYTES       write BYTES at once
  of=FILE         write FILE, not standard output
  oflag=FLAGS     append, seek_bytes
  seek=N          skip N output blocks first
  skip=N          skip N input blocks first
  status=LEVEL    none, noxfer or progress
      --help        display this help and exit
      --version     output version information and exit

Numbers may end in c =1, w =2, b =512, kB =1000, K =1024, MB =1000*1000, M ...
`,
  run: async (process, argv) => {
    const out = new Output(process);
    if (argv[1] === '--help') return printHelp(out, dd);
    if (argv[1] === '--version') return printVersion(out, dd);
    const rules = await readOperands(out, dd, argv.slice(1));
    if (typeof rules === 'number') return rules;
    const files = await openBoth(out, rules);
    if (!files) return 1;
    const started = process.kernel.clock.now();
    const copied = await copyBlocks(out, files, rules);
    const seconds = Number(process.kernel.clock.now() - started) / 1e9;
    if (rules.status !== 'none') await report(out, copied, seconds, rules);
    return out.end();
  },
};

interface Files {
  readonly input: number;
  readonly output: number;
}

const openBoth = async (out: Output, rules: DdRules): Promise<Files | undefined> => {
  const { process } = out;
  const { from, to, conv } = rules;
  const input = from === undefined ? { value: 0 } : attempt(() => process.open(from, O.RDONLY));
  if (input.error) {
    await out.complain(`failed to open ${quoteAlways(process, from ?? '')}`, input.error);
    return undefined;
  }
  const skipped = rules.skip > 0 ? await skipInput(process, input.value, rules.skip) : true;
  if (!skipped)
    await out.errorText(
      `${out.name}: ${quoteAlways(process, from ?? 'standard input')}: cannot skip to specified offset\n`,
    );
  // With seek= what is before stays: the file is cut at the place, not at its beginning.
  const truncates = !conv.has('notrunc') && rules.seek === 0;
  // What seek= skips may have to be read (GNU dd opens for both then, where it may).
  const ways = rules.seek > 0 && flavorOf(process) === 'gnu' ? [O.RDWR, O.WRONLY] : [O.WRONLY];
  const rest =
    (conv.has('nocreat') ? 0 : O.CREAT) |
    (conv.has('excl') ? O.EXCL : 0) |
    (truncates ? O.TRUNC : 0) |
    (rules.append ? O.APPEND : 0);
  const output = to === undefined ? { value: 1 } : openOutput(process, to, ways, rest);
  if (output.error) {
    await out.complain(`failed to open ${quoteAlways(process, to ?? '')}`, output.error);
    return undefined;
  }
  if (rules.seek > 0) {
    if (!conv.has('notrunc')) attempt(() => process.ftruncate(output.value, rules.seek));
    attempt(() => process.lseek(output.value, rules.seek, 'cur'));
  }
  return { input: input.value, output: output.value };
};

const openOutput = (process: Process, to: string, ways: readonly number[], rest: number) => {
  const [first = O.WRONLY, second] = ways;
  const opened = attempt(() => process.open(to, first | rest, 0o666));
  return opened.error && second !== undefined
    ? attempt(() => process.open(to, second | rest, 0o666))
    : opened;
};

const skipInput = async (process: Process, fd: number, bytes: number): Promise<boolean> => {
  const stat = process.fstat(fd);
  if (stat.kind === 'file') {
    process.lseek(fd, bytes, 'cur');
    return bytes <= stat.size;
  }
  for (let left = bytes; left > 0; ) {
    const chunk = await process.read(fd, Math.min(left, 65536));
    if (chunk.length === 0) return false;
    left -= chunk.length;
  }
  return true;
};

interface Copied {
  full: number;
  partial: number;
  written: number;
  writtenPartial: number;
  bytes: number;
}

const copyBlocks = async (out: Output, files: Files, rules: DdRules): Promise<Copied> => {
  const { process } = out;
  const copied: Copied = { full: 0, partial: 0, written: 0, writtenPartial: 0, bytes: 0 };
  let pending: Uint8Array[] = [];
  let held = 0;
  let taken = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    await process.write(files.output, bytes);
    copied.bytes += bytes.length;
    if (bytes.length === rules.outputSize) copied.written++;
    else copied.writtenPartial++;
  };
  try {
    while (rules.count === undefined || copied.full + copied.partial < rules.count) {
      const left = rules.bytes === undefined ? rules.inputSize : rules.bytes - taken;
      const block = await readBlock(process, files.input, rules, Math.min(rules.inputSize, left));
      taken += block.length;
      if (block.length === 0) break;
      if (block.length === rules.inputSize) copied.full++;
      else copied.partial++;
      const bytes = convert(block, rules);
      if (rules.inputSize === rules.outputSize) await write(bytes);
      else {
        pending.push(bytes);
        held += bytes.length;
        if (held < rules.outputSize) continue;
        const all = joinBytes(pending);
        let at = 0;
        for (; at + rules.outputSize <= all.length; at += rules.outputSize)
          await write(all.subarray(at, at + rules.outputSize));
        pending = at < all.length ? [all.subarray(at)] : [];
        held = all.length - at;
      }
      const pause = process.breathe();
      if (pause) await pause;
    }
    if (held > 0) await write(joinBytes(pending));
    if (rules.conv.has('fsync') || rules.conv.has('fdatasync')) process.fsync(files.output);
  } catch (error) {
    const writing = (error as { call?: string }).call === 'write';
    const name = writing ? (rules.to ?? 'standard output') : (rules.from ?? 'standard input');
    await out.complain(`error ${writing ? 'writing' : 'reading'} ${quoteAlways(process, name)}`, error);
  }
  return copied;
};

const readBlock = async (
  process: Process,
  fd: number,
  rules: DdRules,
  wanted: number,
): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < wanted) {
    const chunk = await process.read(fd, wanted - size);
    if (chunk.length === 0) break;
    parts.push(chunk);
    size += chunk.length;
    if (!rules.fullBlocks) break;
  }
  return parts.length === 0 ? new Uint8Array(0) : joinBytes(parts);
};

const convert = (block: Uint8Array, { conv, inputSize }: DdRules): Uint8Array => {
  let bytes = block;
  if (conv.has('sync') && bytes.length < inputSize) {
    const filled = new Uint8Array(inputSize);
    filled.set(bytes);
    bytes = filled;
  }
  if (conv.has('ucase')) bytes = bytes.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte));
  if (conv.has('lcase')) bytes = bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  if (conv.has('swab')) bytes = bytes.map((_byte, at) => bytes[at ^ 1] ?? bytes[at] ?? 0);
  return bytes;
};

const report = async (out: Output, copied: Copied, seconds: number, rules: DdRules): Promise<void> => {
  const records = `${copied.full}+${copied.partial} records in\n${copied.written}+${copied.writtenPartial} records out\n`;
  const { bytes } = copied;
  if (flavorOf(out.process) === 'busybox')
    return out.errorText(records + appletTransfer(out, bytes, seconds));
  const si = bytes >= 1000 ? [unitText(bytes, 1000)] : [];
  const iec = bytes >= 1024 ? [unitText(bytes, 1024)] : [];
  const sizes = [...si, ...iec].join(', ');
  const rate = seconds > 0 ? `${unitText(bytes / seconds, 1000, 1)}/s` : 'Infinity B/s';
  const noun = bytes === 1 ? 'byte' : 'bytes';
  const transfer = `${bytes} ${noun}${sizes === '' ? '' : ` (${sizes})`} copied, ${secondsText(seconds)} s, ${rate}\n`;
  await out.errorText(records + (rules.status === 'noxfer' ? '' : transfer));
};

/** Alpine's applet tells the transfer too; the plain one leaves it at the records. */
const appletTransfer = ({ process }: Output, bytes: number, seconds: number): string => {
  if (libcOf(process) === 'glibc') return '';
  const rate = `${humanSize(seconds > 0 ? bytes / seconds : bytes)}B/s`;
  return `${bytes} bytes (${humanSize(bytes)}B) copied, ${seconds.toFixed(6)} seconds, ${rate}\n`;
};

/** As %g prints it: six digits, an exponent below a ten-thousandth. */
const secondsText = (seconds: number): string => {
  if (seconds === 0 || seconds >= 1e-4) return String(Number(seconds.toPrecision(6)));
  return seconds.toExponential(5).replace(/\.?0*e-(\d)$/, 'e-0$1');
};

/** `1.0 MB`, `12 KiB`: one decimal below ten, rounded to nearest; at least in units of base ** `least`. */
const unitText = (bytes: number, base: 1000 | 1024, least = 0): string => {
  const powers = ['', base === 1000 ? 'k' : 'K', 'M', 'G', 'T', 'P'];
  let value = bytes;
  let power = 0;
  while ((value >= base || power < least) && power < powers.length - 1) {
    value /= base;
    power++;
  }
  const digits = power > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value));
  return `${digits} ${powers[power]}${base === 1024 && power > 0 ? 'i' : ''}B`;
};
