// mknod: make device files and named pipes.

import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../fs/mode.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { makeNode, nodeMode } from './make-node.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { extraOperand, usageError } from './usage-error.ts';

const options = { mode: { short: 'm', argument: 'required' }, Z: {} } as const;

const TYPES: Readonly<Record<string, number>> = { b: S_IFBLK, c: S_IFCHR, u: S_IFCHR, p: S_IFIFO };

export const mknod: Command = {
  name: 'mknod',
  help: `Usage: mknod [OPTION]... NAME TYPE [MAJOR MINOR]
Make the special file NAME of the given TYPE.

  -m, --mode=MODE   set the permissions to MODE, not a=rw - umask
      --help        display this help and exit
      --version     output version information and exit

TYPE is b (block device), c or u (character device) or p (named pipe). Devices
need MAJOR and MINOR, pipes have none; 0x begins a hexadecimal, 0 an octal number.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mknod, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const wanted = nodeMode(process, parsed.value('mode'));
    if (!wanted) {
      await out.warn('invalid mode');
      return 1;
    }
    const { operands } = parsed;
    const [name = '', typeText = '', majorText = '', minorText = ''] = operands;
    const expected = operands.length < 2 || !typeText.startsWith('p') ? 4 : 2;
    if (operands.length < expected) return tooFew(out, operands);
    if (operands.length > expected) return tooMany(out, operands, expected);
    const type = TYPES[typeText[0] ?? ''];
    if (type === undefined)
      return usageError(out, mknod, `invalid device type ${quoteLocale(process, typeText)}`);
    let rdev = 0;
    if (expected === 4) {
      const [major, minor] = [deviceNumber(majorText), deviceNumber(minorText)];
      if (major === undefined || minor === undefined) {
        const [noun, text] = major === undefined ? ['major', majorText] : ['minor', minorText];
        await out.warn(`invalid ${noun} device number ${quoteLocale(process, text)}`);
        return 1;
      }
      rdev = makedev(major, minor);
    }
    const { error } = attempt(() => makeNode(process, name, type | wanted.mode, wanted.exact, rdev));
    if (error) await out.complain(quoteIfNeeded(process, name), error);
    return out.end();
  },
};

const deviceNumber = (text: string): number | undefined => {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) return undefined;
  const value = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  return value < 2 ** 20 ? value : undefined;
};

const DEVICES = 'Special files require major and minor device numbers.';
const FIFOS = 'Fifos do not have major and minor device numbers.';

const tooFew = (out: Output, operands: readonly string[]): Promise<number> => {
  const last = operands.at(-1);
  const after = last === undefined ? '' : ` after ${quoteLocale(out.process, last)}`;
  const hint = operands.length === 2 ? `\n${DEVICES}` : '';
  return usageError(out, mknod, `missing operand${after}${hint}`);
};

const tooMany = (out: Output, operands: readonly string[], expected: number): Promise<number> => {
  const extra = operands[expected] as string;
  if (expected === 4 || operands.length !== 4) return extraOperand(out, mknod, extra);
  return usageError(out, mknod, `extra operand ${quoteLocale(out.process, extra)}\n${FIFOS}`);
};
