// dd's two files: opened as the operands say, and brought to their places.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { DdRules } from './dd-operands.ts';
import { flavorOf } from './flavor.ts';
import type { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded } from './quoting.ts';

export interface DdFiles {
  readonly input: number;
  readonly output: number;
  /** What messages call them. */
  readonly from: string;
  readonly to: string;
}

/** Both files, open; undefined when that failed and was told. */
export const openFiles = async (out: Output, rules: DdRules): Promise<DdFiles | undefined> => {
  const { process } = out;
  const input = await openOne(out, rules.from, 0, rules.inputFlags, (name) =>
    attempt(() => process.open(name, O.RDONLY | rules.inputFlags)),
  );
  if (input === undefined) return undefined;
  const output = await openOne(out, rules.to, 1, rules.outputFlags, (name) =>
    openOutput(process, name, rules),
  );
  if (output === undefined) return undefined;
  const files = { input, output, from: rules.from ?? 'standard input', to: rules.to ?? 'standard output' };
  return (await cutOutput(out, files, rules)) ? files : undefined;
};

const openOne = async (
  out: Output,
  name: string | undefined,
  standard: 0 | 1,
  flags: number,
  open: (name: string) => ReturnType<typeof attempt<number>>,
): Promise<number | undefined> => {
  const { process } = out;
  if (name === undefined) {
    if ((flags & O.DIRECTORY) === 0 || process.fstat(standard).kind === 'directory') return standard;
    const shown = quoteAlways(process, standard === 0 ? 'standard input' : 'standard output');
    await out.warn(`setting flags for ${shown}: Not a directory`);
    return undefined;
  }
  const opened = open(name);
  if (opened.error === undefined) return opened.value;
  await out.complain(`failed to open ${quoteAlways(process, name)}`, opened.error);
  return undefined;
};

const openOutput = (process: Process, name: string, { conv, seek, outputFlags }: DdRules) => {
  const seeks = seek.blocks > 0;
  // With seek= what is before stays: the file is cut at the place, not at its beginning.
  const flags =
    outputFlags |
    (conv.has('nocreat') ? 0 : O.CREAT) |
    (conv.has('excl') ? O.EXCL : 0) |
    (conv.has('notrunc') || seeks ? 0 : O.TRUNC);
  // What seek= skips may have to be read (GNU dd opens for both then, where it may).
  const ways = seeks && flavorOf(process) === 'gnu' ? [O.RDWR, O.WRONLY] : [O.WRONLY];
  const tries = ways.map((way) => () => attempt(() => process.open(name, way | flags, 0o666)));
  const [first, second] = tries;
  const opened = (first as () => ReturnType<typeof attempt<number>>)();
  return opened.error && second !== undefined ? second() : opened;
};

const cutOutput = async (out: Output, files: DdFiles, rules: DdRules): Promise<boolean> => {
  const { process } = out;
  if (rules.to === undefined || rules.seek.blocks === 0 || rules.conv.has('notrunc')) return true;
  const size = rules.seek.blocks * rules.outputSize + rules.seek.bytes;
  const cut = attempt(() => process.ftruncate(files.output, size));
  if (cut.error === undefined || process.fstat(files.output).kind !== 'file') return true;
  await out.complain(
    `failed to truncate to ${size} bytes in output file ${quoteAlways(process, files.to)}`,
    cut.error,
  );
  return false;
};

/** Passes over what skip= says; a file that is shorter is told of, and read from its end. */
export const skipInput = async (out: Output, files: DdFiles, rules: DdRules): Promise<boolean> => {
  const { process } = out;
  const { blocks, bytes } = rules.skip;
  const wanted = blocks * rules.inputSize + bytes;
  if (wanted === 0) return true;
  const short = async (): Promise<boolean> => {
    if (rules.status === 'none') return true;
    const { status } = out;
    await out.warn(`${quoteIfNeeded(process, files.from)}: cannot skip to specified offset`);
    out.status = status;
    return true;
  };
  const place = attempt(() => process.lseek(files.input, 0, 'cur'));
  if (place.error !== undefined) return (await passOver(out, files, rules)) > 0 ? short() : true;
  const stat = process.fstat(files.input);
  const left = stat.size - place.value;
  if (stat.kind === 'file' && stat.size > 0 && left < wanted) {
    process.lseek(files.input, Math.max(left, 0), 'cur');
    return short();
  }
  process.lseek(files.input, wanted, 'cur');
  return true;
};

/** Reads block after block where there is no other way; answers how many bytes and blocks are missing. */
const passOver = async (out: Output, files: DdFiles, rules: DdRules): Promise<number> => {
  let { blocks, bytes } = rules.skip;
  const wanted = blocks * rules.inputSize + bytes;
  let passed = 0;
  while (blocks > 0 || bytes > 0) {
    const chunk = await readBlock(out.process, files.input, rules, blocks > 0 ? rules.inputSize : bytes);
    if (chunk.length === 0) break;
    passed += chunk.length;
    if (blocks > 0) blocks--;
    else bytes = 0;
  }
  return wanted - passed;
};

/** One read, or with iflag=fullblock as many as it takes to fill the block. */
export const readBlock = async (
  process: Process,
  fd: number,
  { fullBlocks }: DdRules,
  wanted: number,
): Promise<Uint8Array> => {
  const first = await process.read(fd, wanted);
  if (!fullBlocks || first.length === 0 || first.length === wanted) return first;
  const block = new Uint8Array(wanted);
  block.set(first);
  let size = first.length;
  while (size < wanted) {
    const chunk = await process.read(fd, wanted - size);
    if (chunk.length === 0) break;
    block.set(chunk, size);
    size += chunk.length;
  }
  return block.subarray(0, size);
};

/** Goes to the place that seek= says; false when that cannot be, which is told. */
export const seekOutput = async (
  out: Output,
  files: DdFiles,
  { seek, outputSize }: DdRules,
): Promise<boolean> => {
  const { process } = out;
  const wanted = seek.blocks * outputSize + seek.bytes;
  const sought = attempt(() => wanted > 0 && process.lseek(files.output, wanted, 'cur'));
  if (sought.error === undefined) return true;
  await out.complain(`${quoteIfNeeded(process, files.to)}: cannot seek`, sought.error);
  return false;
};
