// man: pages about programs, made from their help; pages of its own on system calls, overlayfs and cowsh.

import type { Process } from '../fs/process.ts';
import { captureOutput } from './capture-output.ts';
import { type Command, summary } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { commandNames, loadCommand } from './index.ts';
import { callPages } from './manual-calls.ts';
import { layPage, type ManualPage } from './manual-page.ts';
import { topicPages } from './manual-topics.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { compileRegex } from './posix-regex.ts';
import { runProgram } from './run-program.ts';
import { columnsOf } from './terminal.ts';
import { toBytes } from './text.ts';

/** Programs that live in /usr/sbin have their pages in section 8. */
const sectionOf = (process: Process, name: string): string =>
  /\/sbin\//.test(findProgram(process, name, searchPath(process)) ?? '') ? '8' : '1';

const searchPath = (process: Process): string => process.env.get('PATH') ?? DEFAULT_PATH;

const SECTION = /^[1-9]$/;

export const man: Command = {
  name: 'man',
  help: `Usage: man [OPTION]... [SECTION] PAGE...
Show pages of the manual.

  -f, --whatis      one line about each PAGE
  -k, --apropos     the pages whose line matches the regular expression PAGE
  -s, -S, --sections=LIST  look into these sections, parted by colons or commas
  -P, --pager=PROGRAM  (accepted)
      --help        display this help and exit
      --version     output version information and exit

Sections: 1 and 8 programs, 2 system calls, 5 overlayfs, 7 cowsh.
`,
  usageStatus: 1,
  words: (process, before) =>
    before.length === 0 || SECTION.test(before[0] ?? '') ? pageNames(process, before[0]) : undefined,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, man, argv, {
      whatis: { short: 'f' },
      apropos: { short: 'k' },
      sections: { short: 'sS', argument: 'required' },
      pager: { short: 'P', argument: 'required' },
    } as const);
    if ('exit' in parsed) return parsed.exit;
    const names = [...parsed.operands];
    const listing = parsed.last('apropos', 'whatis');
    const first = names[0] ?? '';
    const leading =
      listing === undefined && names.length > 1 && SECTION.test(first) ? names.shift() : undefined;
    const sections = leading === undefined ? parsed.value('sections')?.split(/[:,]/) : [leading];
    if (names.length === 0) return noPage(out, listing);
    if (listing !== undefined) return list(out, names, sections, listing);
    for (const name of names) {
      const page = (await pagesOf(process, name, sections))[0];
      if (page !== undefined) await show(out, layPage(page, columnsOf(process, 1)));
      else await missing(out, name, leading);
    }
    return out.end();
  },
};

const noPage = async (out: Output, listing: 'apropos' | 'whatis' | undefined): Promise<number> => {
  const question = `What manual page do you want?\nFor example, try 'man man'.\n`;
  if (listing === undefined) await out.errorText(question);
  else out.line(`${listing} what?`);
  await out.flush();
  return 1;
};

const missing = async (out: Output, name: string, section: string | undefined): Promise<void> => {
  const where = section === undefined ? '' : ` in section ${section}`;
  await out.errorText(`No manual entry for ${name}${where}\n`);
  out.status = 16;
  if (section !== undefined || !SECTION.test(name)) return;
  await out.errorText(
    `(Alternatively, what manual page do you want from section ${name}?)\nFor example, try 'man man'.\n`,
  );
  out.status = 1;
};

/** What Tab offers: all pages, or those of a section. */
const pageNames = (process: Process, section: string | undefined): string[] => {
  const written = writtenPages().filter((page) => section === undefined || page.section === section);
  const isProgram = section === undefined || section === '1' || section === '8';
  return [...(isProgram ? programNames(process) : []), ...written.map(({ name }) => name)];
};

const programNames = (process: Process): string[] =>
  commandNames().filter((name) => findProgram(process, name, searchPath(process)) !== undefined);

const writtenPages = (): ManualPage[] => [...callPages(), ...topicPages];

/** In the order of sections, as man goes through them; `open(2)` and `open.2` name a section too. */
const pagesOf = async (
  process: Process,
  typed: string,
  sections: readonly string[] | undefined,
): Promise<ManualPage[]> => {
  const [, base, own] =
    /^(.+?)(?:\(([1-9])\)|\.([1-9]))$/.exec(typed)?.filter((part) => part !== undefined) ?? [];
  const name = base ?? typed;
  const wanted = own === undefined ? sections : [own];
  const command = await programPage(process, name);
  const pages = [
    ...(command === undefined ? [] : [pageOf(process, name, command)]),
    ...writtenPages().filter((page) => page.name === name),
  ];
  return pages.filter(({ section }) => wanted === undefined || wanted.includes(section));
};

const programPage = async (process: Process, name: string): Promise<Command | undefined> => {
  const [first = '', ...rest] = name.split('-');
  // docker-run and its like are told by the program itself.
  const known = (await loadCommand(name)) ?? (rest.length === 0 ? undefined : await loadCommand(first));
  if (known === undefined || (known.name !== name && first !== 'docker')) return undefined;
  if (findProgram(process, known.name, searchPath(process)) === undefined) return undefined;
  return known.name === name ? known : subcommandPage(process, known, name, rest);
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

const about = (command: Command): string =>
  summary(command)
    .replace(/\.$/, '')
    .replace(/^./, (one) => one.toLowerCase());

const line = ({ name, section, about }: ManualPage): string =>
  `${`${name} (${section})`.padEnd(20)} - ${about}`;

/** -f and -k: a line for each page that has the name, or matches. */
const list = async (
  out: Output,
  words: readonly string[],
  sections: readonly string[] | undefined,
  how: 'apropos' | 'whatis',
): Promise<number> => {
  const all = how === 'apropos' ? await everyPage(out.process) : [];
  for (const word of words) {
    const pages = how === 'apropos' ? matching(all, word) : await pagesOf(out.process, word, undefined);
    const found = pages.filter(({ section }) => sections === undefined || sections.includes(section));
    for (const page of found) out.line(line(page));
    if (found.length > 0) continue;
    await out.errorText(`${word}: nothing appropriate.\n`);
    out.status = 16;
  }
  return out.end();
};

const everyPage = async (process: Process): Promise<ManualPage[]> => {
  const pages = writtenPages();
  for (const name of programNames(process)) {
    const command = await loadCommand(name);
    if (command !== undefined) pages.push(pageOf(process, name, command));
  }
  return pages.sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : Number(a.section) - Number(b.section),
  );
};

const matching = (pages: readonly ManualPage[], word: string): ManualPage[] => {
  try {
    const regex = compileRegex(word, { extended: true, utf8: true, ignoreCase: true });
    return pages.filter(({ name, about }) => regex.test(name) || regex.test(about));
  } catch {
    return [];
  }
};

/** The help in a page's clothes: usage lines are the synopsis, the rest is the description. */
const pageOf = (process: Process, name: string, command: Command): ManualPage => {
  const lines = command.help.trimEnd().split('\n');
  const isUsage = (one: string): boolean => /^(Usage:| +or:)/.test(one);
  const indented = (all: readonly string[]): string => all.map((one) => `  ${one}`).join('\n');
  return {
    name,
    section: sectionOf(process, name),
    about: about(command),
    synopsis: indented(lines.filter(isUsage).map((one) => one.replace(/^(Usage:| +or:)\s*/, ''))),
    parts: {
      DESCRIPTION: indented(lines.filter((one) => !isUsage(one))).replace(/^\s+\n/, ''),
      NOTE: 'This page is made from what the program says with --help.',
    },
  };
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
