// dircolors: a table of colours as the text that LS_COLORS holds.

import type { Command } from './command.ts';
import { ENDINGS, TERMINALS, TYPES } from './dircolors-table.ts';
import { fnmatch } from './fnmatch.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { toText } from './text.ts';
import { extraOperand, tryHelp, usageError } from './usage-error.ts';

const options = {
  sh: { short: 'b', alias: ['bourne-shell'] },
  csh: { short: 'c', alias: ['c-shell'] },
  'print-database': { short: 'p' },
  'print-ls-colors': {},
} as const;

export const dircolors: Command = {
  name: 'dircolors',
  help: `Usage: dircolors [OPTION]... [FILE]
Print the commands that set LS_COLORS, by FILE or by a table of its own.

  -b, --sh, --bourne-shell    for sh and its like
  -c, --csh, --c-shell        for csh
  -p, --print-database        print the table
      --print-ls-colors       print the colours as they look
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, dircolors, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [file, extra] = parsed.operands;
    const shell = parsed.last('sh', 'csh');
    if (shell !== undefined && (parsed.has('print-database') || parsed.has('print-ls-colors')))
      return usageError(
        out,
        dircolors,
        'the options to output non shell syntax,\nand to select a shell syntax are mutually exclusive',
      );
    if (parsed.has('print-database') && file !== undefined) {
      await extraOperandAlone(out, file);
      await out.errorText('file operands cannot be combined with --print-database (-p)\n');
      await tryHelp(out);
      return 1;
    }
    if (extra !== undefined) return extraOperand(out, dircolors, extra);
    if (parsed.has('print-database')) {
      out.text(database());
      return out.end();
    }
    const kind = shell ?? guessed(process.env.get('SHELL'));
    if (kind === undefined && !parsed.has('print-ls-colors')) {
      await out.warn('no SHELL environment variable, and no shell type option given');
      return 1;
    }
    const text = file === undefined ? database() : await readTable(out, file);
    if (text === undefined) return 1;
    const colors = await colorsOf(out, text, file ?? '');
    if (colors === undefined) return 1;
    if (parsed.has('print-ls-colors'))
      for (const [name, color] of colors) out.line(`\x1b[${color}m${name}\t${color}\x1b[0m`);
    else {
      const list = colors
        .map(([name, color]) => `${name}=${color}:`)
        .join('')
        .replaceAll("'", "'\\''");
      out.text(kind === 'csh' ? `setenv LS_COLORS '${list}'\n` : `LS_COLORS='${list}';\nexport LS_COLORS\n`);
    }
    return out.end();
  },
};

const extraOperandAlone = (out: Output, file: string): Promise<void> =>
  out.warn(`extra operand \u2018${file}\u2019`);

const guessed = (shell: string | undefined): 'sh' | 'csh' | undefined => {
  if (shell === undefined || shell === '') return undefined;
  return /(?:^|\/)t?csh$/.test(shell) ? 'csh' : 'sh';
};

const readTable = async (out: Output, file: string): Promise<string | undefined> => {
  try {
    const fd = openInput(out.process, file);
    const text = toText(await readAll(out.process, fd));
    closeInput(out.process, fd);
    return text;
  } catch (error) {
    await out.complain(quoteIfNeeded(out.process, file), error);
    return undefined;
  }
};

const database = (): string => {
  const types = TYPES.flatMap(([keyword, , color]) => (color === undefined ? [] : [`${keyword} ${color}`]));
  const endings = ENDINGS.flatMap(([what, color, list]) => [
    '',
    `# ${what}`,
    ...list.split(' ').map((ending) => `${ending.startsWith('.') ? '' : '*'}${ending} ${color}`),
  ]);
  const terminals = TERMINALS.split(' ').map((name) => `TERM ${name}`);
  return [
    '# A table of colours for ls: change it, and give it to dircolors.',
    '# What follows a TERM line counts on terminals of that name only.',
    'COLORTERM ?*',
    ...terminals,
    '',
    '# kinds of files',
    ...types,
    ...endings,
    '',
  ].join('\n');
};

const CODES: ReadonlyMap<string, string> = new Map(TYPES.map(([keyword, code]) => [keyword, code]));

/** Entries of LS_COLORS; undefined after a complaint. */
const colorsOf = async (
  out: Output,
  text: string,
  file: string,
): Promise<(readonly [string, string])[] | undefined> => {
  const { env } = out.process;
  const [terminal, color] = [env.get('TERM') || 'none', env.get('COLORTERM') ?? ''];
  const entries: (readonly [string, string])[] = [];
  // Lines before the first TERM count everywhere, those after it where one of the names before them fits.
  let state: 'global' | 'no' | 'yes' | 'sure' = 'global';
  for (const [at, line] of text.split('\n').entries()) {
    const [, keyword = '', argument = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
    if (keyword === '' || keyword.startsWith('#')) continue;
    const value = argument.replace(/\s#.*$|^#.*$/, '').trim();
    const problem = value === '' ? 'invalid line;  missing second token' : undefined;
    if (problem !== undefined) {
      await out.warn(`${file}:${at + 1}: ${problem}`);
      continue;
    }
    const asks = keyword.toUpperCase();
    if (asks === 'TERM' || asks === 'COLORTERM') {
      const fits = fnmatch(value, asks === 'TERM' ? terminal : color);
      if (fits) state = 'yes';
      else if (state === 'global' || state === 'sure') state = 'no';
      continue;
    }
    if (state === 'yes') state = 'sure';
    if (state === 'no') continue;
    const code = CODES.get(asks);
    if (keyword.startsWith('.')) entries.push([`*${keyword}`, value]);
    else if (keyword.startsWith('*')) entries.push([keyword, value]);
    else if (code !== undefined) entries.push([code, value]);
    else if (state === 'sure' && !/^(?:OPTIONS|COLOR|EIGHTBIT)$/.test(asks))
      await out.warn(`${file}:${at + 1}: unrecognized keyword ${keyword}`);
  }
  return out.status === 0 ? entries : undefined;
};
