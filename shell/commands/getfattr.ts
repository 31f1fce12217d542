// getfattr: extended attributes: where an overlay keeps its marks.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { toText } from './text.ts';

const options = {
  'absolute-names': {},
  dump: { short: 'd' },
  encoding: { short: 'e', argument: 'required' },
  'no-dereference': { short: 'h' },
  match: { short: 'm', argument: 'required' },
  name: { short: 'n', argument: 'required' },
  'only-values': {},
  recursive: { short: 'R' },
  physical: { short: 'P' },
  logical: { short: 'L' },
} as const;

interface Rules {
  readonly dump: boolean;
  readonly follow: boolean;
  readonly pattern: RegExp;
  readonly name: string | undefined;
  readonly encoding: string | undefined;
  readonly valuesOnly: boolean;
  readonly recursive: boolean;
  readonly absolute: boolean;
}

export const getfattr: Command = {
  name: 'getfattr',
  usageStatus: 2,
  help: `Usage: getfattr [-hRLP] [-n NAME|-d] [-e ENCODING] [-m PATTERN] FILE...
Show the extended attributes of FILEs: by default those whose names begin with
'user.'; -m - shows all, also what an overlay keeps in 'trusted.overlay.'.

      --absolute-names      keep the slash at the beginning of names
  -d, --dump                the values too
  -e, --encoding=TYPE       values as text, hex or base64
  -h, --no-dereference      attributes of symbolic links themselves
  -m, --match=PATTERN       attributes whose names match (a regular expression)
  -n, --name=NAME           this attribute alone, with its value
      --only-values         values alone, as they are
  -R, --recursive           everything below as well
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, getfattr, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.errorText(
        `Usage: ${out.name} [-hRLP] [-n name|-d] [-e en] [-m pattern] path...\nTry \`${out.name} --help' for more information.\n`,
      );
      return 2;
    }
    const match = parsed.value('match') ?? '^user\\.';
    const rules: Rules = {
      dump: parsed.has('dump'),
      follow: !parsed.has('no-dereference'),
      pattern: match === '-' ? /^/ : new RegExp(match),
      name: parsed.value('name'),
      encoding: parsed.value('encoding'),
      valuesOnly: parsed.has('only-values'),
      recursive: parsed.has('recursive'),
      absolute: parsed.has('absolute-names'),
    };
    const warned = { slash: rules.absolute };
    for (const name of parsed.operands) await showTree(out, name, rules, warned);
    return out.end();
  },
};

const showTree = async (
  out: Output,
  path: string,
  rules: Rules,
  warned: { slash: boolean },
): Promise<void> => {
  await showFile(out, path, rules, warned);
  if (!rules.recursive || out.process.tryLstat(path)?.kind !== 'directory') return;
  for (const { name } of out.process.readdir(path)) await showTree(out, joinPath(path, name), rules, warned);
};

const showFile = async (
  out: Output,
  path: string,
  rules: Rules,
  warned: { slash: boolean },
): Promise<void> => {
  const { process } = out;
  const { follow } = rules;
  const listed =
    rules.name === undefined
      ? attempt(() => process.listxattr(path, { follow }).sort())
      : { value: [rules.name] };
  if (listed.error) {
    await out.complain(path, listed.error);
    return;
  }
  const lines: string[] = [];
  for (const name of listed.value.filter((found) => rules.name !== undefined || rules.pattern.test(found))) {
    const value = attempt(() => process.getxattr(path, name, { follow }));
    if (value.error) {
      // The library calls an absent attribute by an older name of the error.
      if (value.error.code === 'ENODATA') {
        await out.errorText(`${path}: ${name}: No such attribute\n`);
        out.status = 1;
      } else await out.complain(`${path}: ${name}`, value.error);
      continue;
    }
    if (rules.valuesOnly) out.bytes(value.value);
    else
      lines.push(
        rules.dump || rules.name !== undefined ? `${name}=${encode(value.value, rules.encoding)}` : name,
      );
  }
  if (lines.length === 0) return;
  const shown = rules.absolute ? path : path.replace(/^(?:\/+|(?:\.\/)+)/, '');
  if (path.startsWith('/') && shown !== path && !warned.slash) {
    await out.errorText(`${out.name}: Removing leading '/' from absolute path names\n`);
    warned.slash = true;
  }
  out.text(`# file: ${shown}\n${lines.map((line) => `${line}\n`).join('')}\n`);
};

/** Text where it is text, else base64 with 0s before it. */
const encode = (value: Uint8Array, encoding: string | undefined): string => {
  const buffer = Buffer.from(value);
  // The zero byte at the end of a string does not count.
  const text = value.at(-1) === 0 ? value.subarray(0, -1) : value;
  const printable = text.every((byte) => byte >= 32 && byte < 127);
  const how = encoding ?? (printable ? 'text' : 'base64');
  if (how === 'hex') return `0x${buffer.toString('hex')}`;
  if (how === 'base64') return `0s${buffer.toString('base64')}`;
  return `"${toText(text)
    .replace(/[\\"]/g, '\\$&')
    .replace(/\p{Cc}/gu, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;
};
