// The help of docker and its subcommands, in Docker's layout.

import type { DockerCommand } from './docker-command.ts';
import type { Flag, FlagTable } from './flags.ts';

const WIDTH = 76;

const kindWords: Readonly<Record<Flag['kind'], string>> = {
  bool: '',
  string: ' string',
  int: ' int',
  list: ' list',
};

const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
};

const initialText = (flag: Flag): string => {
  if (flag.shownDefault !== undefined) return ` (default ${flag.shownDefault})`;
  if (flag.kind === 'bool') return flag.initial ? ' (default true)' : '';
  if (flag.kind === 'list' || flag.initial === undefined) return '';
  return ` (default ${flag.kind === 'string' ? `"${flag.initial}"` : flag.initial})`;
};

export const flagLines = (table: FlagTable): string => {
  const shown = Object.entries(table)
    .filter(([, flag]) => !flag.hidden)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const heads = shown.map(([name, flag]) => {
    const value = flag.value === undefined ? kindWords[flag.kind] : ` ${flag.value}`;
    return `  ${flag.short === undefined ? '    ' : `-${flag.short}, `}--${name}${value}`;
  });
  const margin = Math.max(...heads.map((head) => head.length)) + 3;
  const lines = shown.flatMap(([, flag], at) => {
    const text = wrap(flag.help + initialText(flag), WIDTH - margin);
    return text.map((line, row) => (row === 0 ? (heads[at] as string) : '').padEnd(margin) + line);
  });
  return lines.map((line) => `${line}\n`).join('');
};

export const usageLine = (command: DockerCommand, path: string): string =>
  command.usage
    .split('\n')
    .map((usage, at) => (at === 0 ? `Usage:  ${path} ${usage}` : `\t${path} ${usage}`).trimEnd())
    .join('\n');

export const commandHelp = (command: DockerCommand, path: string): string => {
  const parts = [`${usageLine(command, path)}\n`, `${command.summary}\n`];
  if (command.details !== undefined) parts.push(`${command.details}\n`);
  if (command.paths.length > 1) parts.push(`Aliases:\n  ${command.paths.join(', ')}\n`);
  if (Object.keys(command.flags).length > 0) parts.push(`Options:\n${flagLines(command.flags)}`);
  return parts.join('\n');
};

export interface HelpSection {
  readonly title: string;
  readonly entries: readonly (readonly [name: string, summary: string])[];
}

export const sectionText = ({ title, entries }: HelpSection): string =>
  `${title}:\n${entries.map(([name, summary]) => `  ${name.padEnd(11)} ${summary}\n`).join('')}`;
