// setfattr: set or remove extended attributes.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { toBytes } from './text.ts';

const options = {
  name: { short: 'n', argument: 'required' },
  value: { short: 'v', argument: 'required' },
  remove: { short: 'x', argument: 'required' },
  'no-dereference': { short: 'h' },
} as const;

export const setfattr: Command = {
  name: 'setfattr',
  usageStatus: 2,
  help: `Usage: setfattr {-n NAME} [-v VALUE] [-h] FILE...
  or:  setfattr {-x NAME} [-h] FILE...
Set the extended attribute NAME of FILEs to VALUE, or remove it.

  -n, --name=NAME         the attribute to set
  -v, --value=VALUE       its value: text, 0x and hexadecimal, 0s and base64
  -x, --remove=NAME       the attribute to remove
  -h, --no-dereference    of symbolic links themselves
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, setfattr, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [name, remove] = [parsed.value('name'), parsed.value('remove')];
    if (parsed.operands.length === 0 || (name === undefined) === (remove === undefined)) {
      await out.errorText(
        `Usage: ${out.name} {-n name} [-v value] [-h] file...\n       ${out.name} {-x name} [-h] file...\nTry \`${out.name} --help' for more information.\n`,
      );
      return 2;
    }
    const follow = !parsed.has('no-dereference');
    const value = decode(parsed.value('value') ?? '');
    for (const path of parsed.operands) {
      const { error } = attempt(() => {
        if (remove !== undefined) process.removexattr(path, remove, { follow });
        else process.setxattr(path, name ?? '', value, { follow });
      });
      if (error?.code === 'ENODATA') await out.warn(`${path}: No such attribute`);
      else if (error) await out.complain(path, error);
    }
    return out.end();
  },
};

const decode = (text: string): Uint8Array => {
  if (/^0x/i.test(text)) return Buffer.from(text.slice(2), 'hex');
  if (/^0s/i.test(text)) return Buffer.from(text.slice(2), 'base64');
  const quoted = /^"(.*)"$/s.exec(text)?.[1] ?? text;
  return toBytes(
    quoted
      .replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
      .replace(/\\([\\"])/g, '$1'),
  );
};
