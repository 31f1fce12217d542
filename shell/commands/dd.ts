// dd: copy blocks.

import type { Command } from './command.ts';
import { Conversion } from './dd-conversion.ts';
import { type DdFiles, openFiles, readBlock, seekOutput, skipInput } from './dd-open.ts';
import { type DdRules, readOperands } from './dd-operands.ts';
import { type Copied, progressText, report } from './dd-report.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { joinBytes } from './text.ts';

export const dd: Command = {
  name: 'dd',
  help: `Usage: dd [OPERAND]...
  or:  dd OPTION
Copy a file in blocks, changing it on the way as the operands say.

  bs=BYTES        read and write BYTES at once (default: 512)
  cbs=BYTES       the size of a record, for block and unblock
  conv=CONVS      what to do on the way, with commas between (see below)
  count=N         copy N input blocks alone
  ibs=BYTES       read BYTES at once
  if=FILE         read FILE, not standard input
  iflag=FLAGS     how to read (see below)
  obs=BYTES       write BYTES at once
  of=FILE         write FILE, not standard output
  oflag=FLAGS     how to write (see below)
  seek=N          (or oseek=N) skip N output blocks first
  skip=N          (or iseek=N) skip N input blocks first
  status=LEVEL    none: errors alone; noxfer: no transfer in the end;
                    progress: the transfer once a second

N and BYTES may end in c =1, w =2, b =512, kB =1000, K =1024, MB =1000*1000,
M =1024*1024, and so on with G, T, P, E, Z, Y; xM stands for a factor. An N
with B in it counts bytes.

CONVs:
  ascii      EBCDIC to ASCII
  ebcdic     ASCII to EBCDIC
  ibm        ASCII to IBM's EBCDIC
  block      lines to records of cbs bytes, filled with blanks
  unblock    records to lines, without the blanks at their ends
  lcase      capitals to small letters
  ucase      small letters to capitals
  sparse     leave holes for blocks of zeros
  swab       turn each pair of bytes round
  sync       fill each input block with zeros (with blanks for records)
  excl       fail when the output file is there
  nocreat    fail when it is not
  notrunc    do not cut it
  noerror    go on after read errors
  fdatasync  have the data on the disk in the end
  fsync      the same, with what belongs to it

FLAGs: append, direct, directory, dsync, sync, fullblock, nonblock, noatime,
nocache, noctty, nofollow, count_bytes, skip_bytes, seek_bytes

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, dd, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const rules = await readOperands(out, dd, parsed.operands);
    if (typeof rules === 'number') return rules;
    const files = await openFiles(out, rules);
    if (!files) return 1;
    await new Copy(out, files, rules).run();
    return out.end();
  },
};

const SECOND = 1_000_000_000n;

class Copy {
  readonly #out: Output;
  readonly #files: DdFiles;
  readonly #rules: DdRules;
  readonly #conversion: Conversion;
  readonly #copied: Copied = { full: 0, partial: 0, written: 0, writtenPartial: 0, truncated: 0, bytes: 0 };
  readonly #started: bigint;
  #held: Uint8Array[] = [];
  #size = 0;
  #endsInHole = false;
  #progress = '';
  #told: bigint;

  constructor(out: Output, files: DdFiles, rules: DdRules) {
    this.#out = out;
    this.#files = files;
    this.#rules = rules;
    this.#conversion = new Conversion(rules);
    this.#started = out.process.kernel.clock.now();
    this.#told = this.#started;
  }

  async run(): Promise<void> {
    const { process } = this.#out;
    const { conv } = this.#rules;
    let failure = 'error reading';
    try {
      await skipInput(this.#out, this.#files, this.#rules);
      if (!(await seekOutput(this.#out, this.#files, this.#rules))) return this.#report();
      failure = this.#rules.gathers ? 'writing to' : 'error writing';
      await this.#copy();
      failure = 'error writing';
      await this.#finish();
      failure = 'fsync failed for';
      if (conv.has('fsync') || conv.has('fdatasync')) process.fsync(this.#files.output);
    } catch (error) {
      await this.#complain(failure === 'error reading' ? 'from' : 'to', failure, error);
    }
    await this.#report();
  }

  async #complain(which: 'from' | 'to', what: string, error: unknown): Promise<void> {
    if (this.#progress !== '') await this.#out.errorText('\n');
    this.#progress = '';
    await this.#out.complain(`${what} ${quoteAlways(this.#out.process, this.#files[which])}`, error);
  }

  async #report(): Promise<void> {
    if (this.#progress !== '') await this.#out.errorText('\n');
    this.#progress = '';
    this.#copied.truncated = this.#conversion.truncated;
    const seconds = Number(this.#out.process.kernel.clock.now() - this.#started) / 1e9;
    await report(this.#out, this.#copied, seconds, this.#rules.status);
  }

  /** Block after block, until the input or the count ends, or a read fails. */
  async #copy(): Promise<void> {
    const { process } = this.#out;
    const { count, inputSize, conv } = this.#rules;
    const copied = this.#copied;
    const blocks = count === undefined ? Number.POSITIVE_INFINITY : count.blocks;
    const beyond = count?.bytes ?? 0;
    for (;;) {
      const done = copied.full + copied.partial;
      if (done >= blocks + (beyond > 0 ? 1 : 0)) return;
      let block: Uint8Array;
      try {
        block = await readBlock(process, this.#files.input, this.#rules, done >= blocks ? beyond : inputSize);
      } catch (error) {
        if (!conv.has('noerror') || this.#rules.status !== 'none')
          await this.#complain('from', 'error reading', error);
        if (!conv.has('noerror')) return;
        await this.#report();
        process.checkpoint();
        const pause = process.breathe();
        if (pause) await pause;
        if (!conv.has('sync')) continue;
        copied.partial++;
        await this.#take(this.#filled(new Uint8Array(0)));
        continue;
      }
      if (block.length === 0) return;
      if (block.length === inputSize) copied.full++;
      else copied.partial++;
      await this.#take(block.length < inputSize && conv.has('sync') ? this.#filled(block) : block);
      if (this.#rules.status === 'progress') await this.#tell();
      const pause = process.breathe();
      if (pause) await pause;
    }
  }

  /** conv=sync: a short block is filled. */
  #filled(block: Uint8Array): Uint8Array {
    const { inputSize, conv } = this.#rules;
    const filled = new Uint8Array(inputSize);
    if (conv.has('block') || conv.has('unblock')) filled.fill(32);
    filled.set(block);
    return filled;
  }

  async #take(block: Uint8Array): Promise<void> {
    const { gathers, inputSize, outputSize } = this.#rules;
    if (!gathers) return this.#write(block, block.length === inputSize);
    const bytes = this.#conversion.convert(block);
    if (bytes.length === 0) return;
    this.#held.push(bytes);
    this.#size += bytes.length;
    if (this.#size < outputSize) return;
    const all = joinBytes(this.#held);
    let at = 0;
    for (; at + outputSize <= all.length; at += outputSize)
      await this.#write(all.subarray(at, at + outputSize), true);
    this.#held = at < all.length ? [all.slice(at)] : [];
    this.#size = all.length - at;
  }

  async #write(bytes: Uint8Array, full: boolean): Promise<void> {
    const { process } = this.#out;
    const { output } = this.#files;
    this.#endsInHole = this.#rules.conv.has('sparse') && this.#leftHole(bytes);
    if (!this.#endsInHole) await process.write(output, bytes);
    this.#copied.bytes += bytes.length;
    if (full) this.#copied.written++;
    else this.#copied.writtenPartial++;
  }

  #leftHole(bytes: Uint8Array): boolean {
    if (this.#out.process.fstat(this.#files.output).kind !== 'file' || bytes.some((byte) => byte !== 0))
      return false;
    this.#out.process.lseek(this.#files.output, bytes.length, 'cur');
    return true;
  }

  /** What is still held back; a hole at the end makes the file as long as it has to be. */
  async #finish(): Promise<void> {
    const { process } = this.#out;
    const { output } = this.#files;
    const rest = this.#rules.gathers ? this.#conversion.rest() : new Uint8Array(0);
    const all = joinBytes([...this.#held, rest]);
    const { outputSize } = this.#rules;
    for (let at = 0; at < all.length; at += outputSize)
      await this.#write(all.subarray(at, at + outputSize), at + outputSize <= all.length);
    if (!this.#endsInHole) return;
    const end = process.lseek(output, 0, 'cur');
    if (process.fstat(output).size < end) process.ftruncate(output, end);
  }

  async #tell(): Promise<void> {
    const now = this.#out.process.kernel.clock.now();
    if (now < this.#told + SECOND) return;
    this.#told += SECOND;
    this.#progress = progressText(this.#copied.bytes, Number(now - this.#started) / 1e9, this.#progress);
    await this.#out.errorText(`\r${this.#progress}`);
  }
}
