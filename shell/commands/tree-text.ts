// tree as text: branches, details, names in quotes and colours.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import type { Accounts } from './accounts.ts';
import { LETTER_ESCAPES } from './byte-letters.ts';
import type { LsColors } from './ls-colors.ts';
import { isUtf8 } from './quoting.ts';
import { toBytes } from './text.ts';
import { type DetailRules, detailsOf, detailText } from './tree-details.ts';
import type { TreeNode } from './tree-walk.ts';

export interface TextRules {
  readonly accounts: Accounts;
  readonly details: DetailRules;
  /** -f: whole paths. */
  readonly paths: boolean;
  /** -i: no branches. */
  readonly bare: boolean;
  readonly classify: boolean;
  readonly quotes: boolean;
  /** Unprintable characters: escapes, question marks (-q), as they are (-N). */
  readonly unprintable: 'escape' | 'question' | 'raw';
  readonly colors: LsColors | undefined;
  /** Branches are those of UTF-8. */
  readonly lines: boolean;
}

const BRANCHES = {
  utf8: { way: '├── ', last: '└── ', on: '│\u00a0\u00a0 ', none: '    ' },
  ascii: { way: '|-- ', last: '`-- ', on: '|   ', none: '    ' },
} as const;

export function* treeLines(process: Process, root: TreeNode, rules: TextRules): Generator<string> {
  const { bare, lines } = rules;
  const branches = lines ? BRANCHES.utf8 : BRANCHES.ascii;
  yield lineOf(process, root, rules);
  yield* below(root, '');
  function* below(node: TreeNode, prefix: string): Generator<string> {
    for (const [at, child] of node.children.entries()) {
      const last = at === node.children.length - 1;
      const branch = bare ? '' : prefix + (last ? branches.last : branches.way);
      yield branch + lineOf(process, child, rules);
      yield* below(child, prefix + (last ? branches.none : branches.on));
    }
  }
}

const lineOf = (process: Process, node: TreeNode, rules: TextRules): string => {
  const { stat } = node;
  const problem = node.problem === undefined ? '' : `  [${node.problem}]`;
  const name = quoted(process, rules.paths ? node.path : node.name, rules);
  if (stat === undefined || (problem !== '' && stat.kind !== 'directory' && stat.kind !== 'symlink'))
    return name + problem;
  const details = detailText(detailsOf(stat, rules.details, rules.accounts));
  const shown = details + painted(name, { ...node, stat }, rules) + signOf(stat, rules);
  return shown + targetOf(process, node, rules) + problem;
};

const targetOf = (process: Process, { target, targetStat, path }: TreeNode, rules: TextRules): string => {
  if (target === undefined) return '';
  const name = quoted(process, target, rules);
  if (targetStat === undefined) {
    const orphan = rules.colors ? `\x1b[00m${name}\x1b[0m` : name;
    return ` -> ${orphan}`;
  }
  const leaf = { name: target, path, stat: targetStat };
  return ` -> ${painted(name, leaf, rules, true)}${signOf(targetStat, rules)}`;
};

const painted = (
  text: string,
  leaf: { name: string; path: string; stat: Stat; targetStat?: Stat },
  { colors }: TextRules,
  isTarget = false,
): string => {
  const color = colors?.colorOf(leaf, isTarget);
  return colors ? `\x1b[${color ?? '00'}m${text}\x1b[0m` : text;
};

const signOf = (stat: Stat, { classify }: TextRules): string => {
  if (!classify) return '';
  if (stat.kind === 'directory') return '/';
  if (stat.kind === 'fifo') return '|';
  if (stat.kind === 'socket') return '=';
  return stat.kind === 'file' && (stat.mode & 0o111) !== 0 ? '*' : '';
};

/** Without UTF-8 blanks and all bytes beyond ASCII are escaped. */
const quoted = (process: Process, name: string, { quotes, unprintable }: TextRules): string => {
  const text = unprintable === 'raw' ? name : safe(process, name, quotes, unprintable === 'question');
  return quotes ? `"${text}"` : text;
};

const safe = (process: Process, name: string, quotes: boolean, question: boolean): string => {
  if (!isUtf8(process)) return [...toBytes(name)].map((byte) => shownByte(byte, quotes, question)).join('');
  const text = quotes ? name.replace(/"/g, '\\"') : name;
  return text.replace(/[\p{Cc}\udc80-\udcff]/gu, (c) =>
    question ? '?' : `\\${(c.charCodeAt(0) & 0xff).toString(8).padStart(3, '0')}`,
  );
};

const shownByte = (byte: number, quotes: boolean, question: boolean): string => {
  const character = String.fromCharCode(byte);
  if (byte >= 7 && byte <= 13) return LETTER_ESCAPES[byte] ?? character;
  if (character === '\\' || character === (quotes ? '"' : ' ')) return `\\${character}`;
  if (byte >= 32 && byte < 127) return character;
  return question ? '?' : `\\${byte.toString(8).padStart(3, '0')}`;
};
