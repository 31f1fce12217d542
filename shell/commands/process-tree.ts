// Processes as a tree, and the tree as lines: how pstree(1) draws it.

import type { SeenProcess } from './processes.ts';

export interface Branch {
  /** The program's name with what is asked for in parentheses. */
  readonly label: string;
  /** Its arguments, where they are asked for. */
  readonly words: string;
  readonly bold: boolean;
  readonly children: readonly Branch[];
}

export interface Growing {
  readonly numeric: boolean;
  readonly label: (seen: SeenProcess, parent: SeenProcess | undefined) => string;
  readonly words: (seen: SeenProcess) => string;
  readonly bold: ReadonlySet<number>;
}

/** The branch that begins with a process. */
export const growBranch = (
  root: SeenProcess,
  all: readonly SeenProcess[],
  rules: Growing,
  parent?: SeenProcess,
): Branch => {
  const children = all
    .filter(({ ppid, pid }) => ppid === root.pid && pid !== root.pid)
    .map((child) => ({ child, label: rules.label(child, root) }))
    .sort((a, b) =>
      rules.numeric || a.label === b.label ? a.child.pid - b.child.pid : a.label < b.label ? -1 : 1,
    );
  return {
    label: rules.label(root, parent),
    words: rules.words(root),
    bold: rules.bold.has(root.pid),
    children: children.map(({ child }) => growBranch(child, all, rules, root)),
  };
};

/** The strokes before the first child of several, an only child, a child, the last child, and past a child. */
const STROKES = {
  ascii: { first: '-+-', only: '---', child: '|-', last: '`-', past: '| ' },
  unicode: { first: '─┬─', only: '───', child: '├─', last: '└─', past: '│ ' },
} as const;

export interface Drawing {
  readonly strokes: keyof typeof STROKES;
  /** Equal branches are drawn once, with their number. */
  readonly compact: boolean;
}

/** A label beside its children: `sh-+-cat`, and the others below the cross. */
export const drawBranch = (branch: Branch, drawing: Drawing): string[] => {
  const { first, only, child, last, past } = STROKES[drawing.strokes];
  const label = shown(branch, branch.label);
  const groups = grouped(branch.children, drawing.compact);
  if (groups.length === 0) return [label];
  const indent = ' '.repeat(branch.label.length + 1);
  return groups.flatMap(({ one, count }, at) => {
    const lines = count > 1 ? bracketed(drawBranch(one, drawing), count) : drawBranch(one, drawing);
    const isLast = at === groups.length - 1;
    return lines.map((line, row) => {
      if (at === 0 && row === 0) return `${label}${groups.length === 1 ? only : first}${line}`;
      if (row === 0) return `${indent}${isLast ? last : child}${line}`;
      return `${indent}${isLast ? '  ' : past}${line}`;
    });
  });
};

/** A line for each process, with its arguments. */
export const listBranch = (branch: Branch, drawing: Drawing): string[] => {
  const { child, last, past } = STROKES[drawing.strokes];
  const below = branch.children.flatMap((one, at) => {
    const isLast = at === branch.children.length - 1;
    const [head = '', ...rest] = listBranch(one, drawing);
    return [`  ${isLast ? last : child}${head}`, ...rest.map((line) => `  ${isLast ? '  ' : past}${line}`)];
  });
  return [shown(branch, branch.label) + branch.words, ...below];
};

const shown = ({ bold }: Branch, text: string): string => (bold ? `\x1b[1m${text}\x1b[0m` : text);

/** Each line of a branch that stands for several ends with the bracket. */
const bracketed = (lines: readonly string[], count: number): string[] => {
  const open = `${count}*[`;
  return lines.map((line, row) => `${row === 0 ? open : ' '.repeat(open.length)}${line}]`);
};

interface Group {
  readonly one: Branch;
  count: number;
}

const grouped = (branches: readonly Branch[], compact: boolean): readonly Group[] => {
  const groups: Group[] = [];
  for (const branch of branches) {
    const same = compact ? groups.find(({ one }) => isSame(one, branch)) : undefined;
    if (same === undefined) groups.push({ one: branch, count: 1 });
    else same.count++;
  }
  return groups;
};

const isSame = (a: Branch, b: Branch): boolean =>
  a.label === b.label &&
  a.bold === b.bold &&
  a.children.length === b.children.length &&
  a.children.every((child, at) => isSame(child, b.children[at] as Branch));
