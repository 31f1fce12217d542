// man: a page about a program, made from its help. cowsh has no other pages.

import type { Process } from '../fs/process.ts';
import { captureOutput } from './capture-output.ts';
import { type Command, summary } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { runProgram } from './run-program.ts';
import { columnsOf } from './terminal.ts';
import { toBytes } from './text.ts';

/** Programs that live in /usr/sbin have their pages in section 8. */
const sectionOf = (process: Process, name: string): string =>
  /\/sbin\//.test(findProgram(process, name, searchPath(process)) ?? '') ? '8' : '1';

const searchPath = (process: Process): string => process.env.get('PATH') ?? DEFAULT_PATH;

export const man: Command = {
  name: 'man',
  help: `Usage: man [OPTION]... [SECTION] PAGE...
Show the pages of the manual about programs.

  -f, --whatis      one line about each PAGE
  -k, --apropos     the pages whose line has the word PAGE in it
  -P, --pager=PROGRAM  (accepted)
      --help        display this help and exit
      --version     output version information and exit
`,
  usageStatus: 1,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, man, argv, {
      whatis: { short: 'f' },
      apropos: { short: 'k' },
      pager: { short: 'P', argument: 'required' },
    } as const);
    if ('exit' in parsed) return parsed.exit;
    const names = [...parsed.operands];
    const section = names.length > 1 && /^[1-9]$/.test(names[0] ?? '') ? names.shift() : undefined;
    if (names.length === 0) {
      await out.errorText(
        parsed.has('apropos') || parsed.has('whatis')
          ? `${parsed.has('apropos') ? 'apropos' : 'whatis'} what?\n`
          : `What manual page do you want?\nFor example, try 'man man'.\n`,
      );
      return 1;
    }
    if (parsed.has('apropos')) return apropos(out, names);
    for (const name of names) {
      const page = await findPage(process, name, section);
      if (page === undefined) {
        const where = section === undefined ? '' : ` in section ${section}`;
        await out.errorText(`No manual entry for ${name}${where}\n`);
        out.status = 16;
      } else if (parsed.has('whatis')) out.line(line(name, sectionOf(process, name), summary(page)));
      else await show(out, pageText(process, name, page));
    }
    return out.end();
  },
};

const findPage = async (
  process: Process,
  name: string,
  section: string | undefined,
): Promise<Command | undefined> => {
  const [first = '', ...rest] = name.split('-');
  // docker-run and its like are told by the program itself.
  const { loadCommand } = await import('./index.ts');
  const known = (await loadCommand(name)) ?? (rest.length === 0 ? undefined : await loadCommand(first));
  if (known === undefined || (known.name !== name && first !== 'docker')) return undefined;
  if (findProgram(process, known.name, searchPath(process)) === undefined) return undefined;
  if (known.name !== name) return subcommandPage(process, known, name, rest);
  return section === undefined || section === sectionOf(process, name) ? known : undefined;
};

/** `docker-run`: what `docker run --help` says. */
const subcommandPage = async (
  process: Process,
  known: Command,
  name: string,
  words: readonly string[],
): Promise<Command | undefined> => {
  let status = 0;
  const help = await captureOutput(process, async (fds) => {
    status = await runProgram(process, [known.name, ...words, '--help'], { fds });
  });
  if (status !== 0) return undefined;
  return { ...known, name, help: help.replace(/^Usage: +/m, 'Usage: ').trimStart() };
};

const line = (name: string, section: string, about: string): string =>
  `${`${name} (${section})`.padEnd(20)} - ${about.replace(/\.$/, '').replace(/^./, (one) => one.toLowerCase())}`;

const apropos = async (out: Output, words: readonly string[]): Promise<number> => {
  const { process } = out;
  const { commandNames, loadCommand } = await import('./index.ts');
  for (const word of words) {
    let found = 0;
    for (const name of commandNames().sort()) {
      if (findProgram(process, name, searchPath(process)) === undefined) continue;
      const command = await loadCommand(name);
      if (command === undefined) continue;
      const about = line(name, sectionOf(process, name), summary(command));
      if (!about.toLowerCase().includes(word.toLowerCase())) continue;
      out.line(about);
      found++;
    }
    if (found > 0) continue;
    await out.errorText(`${word}: nothing appropriate.\n`);
    out.status = 16;
  }
  return out.end();
};

/** The help in a page's clothes: usage lines are the synopsis, the rest is the description. */
const pageText = (process: Process, name: string, command: Command): string => {
  const width = Math.min(columnsOf(process, 1), 80);
  const title = `${name.toUpperCase()}(${sectionOf(process, name)})`;
  const middle = sectionOf(process, name) === '1' ? 'User Commands' : 'System Administration';
  const gap = Math.max(1, Math.floor((width - 2 * title.length - middle.length) / 2));
  const lines = command.help.trimEnd().split('\n');
  const usage = lines
    .filter((one) => /^(Usage:| +or:)/.test(one))
    .map((one) => one.replace(/^(Usage:| +or:)\s*/, ''));
  const rest = lines.filter((one) => !/^(Usage:| +or:)/.test(one));
  const indented = (all: readonly string[]): string =>
    all.map((one) => (one === '' ? '' : `       ${one}`)).join('\n');
  return [
    `${title}${' '.repeat(gap)}${middle}${' '.repeat(gap)}${title}`,
    `NAME\n       ${command.name} - ${summary(command)
      .replace(/\.$/, '')
      .replace(/^./, (one) => one.toLowerCase())}`,
    `SYNOPSIS\n${indented(usage)}`,
    `DESCRIPTION\n${indented(rest).replace(/^\n+/, '')}`,
    'NOTE\n       This page is made from what the program says with --help.',
    '',
  ].join('\n\n');
};

/** On a terminal through less. */
const show = async (out: Output, text: string): Promise<void> => {
  const { process } = out;
  const pager = process.tty(1) === undefined ? undefined : findProgram(process, 'less', searchPath(process));
  if (pager === undefined) {
    out.text(text);
    return;
  }
  const [read, write] = process.pipe();
  process.setCloseOnExec(read, true);
  process.setCloseOnExec(write, true);
  process.onSignal('SIGPIPE', 'ignore');
  const child = process.spawn(pager, ['less'], { fds: { 0: read, 1: 1, 2: 2 } });
  process.close(read);
  await process.write(write, toBytes(text));
  process.close(write);
  await child.exited;
};
