// diff's output for two files that differ, in the form that was asked for.

import { type ColumnStyle, columnForm } from './diff-columns.ts';
import { contextForm, type DiffSide, normalForm, unifiedForm } from './diff-format.ts';
import type { Hunk } from './diff-lines.ts';
import { type DiffGiven, type Form, formOf } from './diff-options.ts';
import { colored, tabbed } from './diff-paint.ts';
import { expanded } from './diff-rules.ts';
import { edForm, forwardForm, type GroupFormats, groupForm, ifdefFormats, rcsForm } from './diff-script.ts';
import { compileRegex } from './posix-regex.ts';

const WIDTH = 130;
const TAB = 8;

type Print = (a: DiffSide, b: DiffSide, hunks: readonly Hunk[], parsed: DiffGiven) => string;

const contextOf = (parsed: DiffGiven): number => {
  const given = [...parsed.values('unified'), ...parsed.values('context')].filter((text) => text !== '');
  return given.length === 0 ? 3 : Math.max(...given.map(Number));
};

const PRINT: Readonly<Record<Form, Print>> = {
  normal: normalForm,
  unified: (a, b, hunks, parsed) => unifiedForm(a, b, hunks, contextOf(parsed), functionLine(a, parsed)),
  context: (a, b, hunks, parsed) => contextForm(a, b, hunks, contextOf(parsed), functionLine(a, parsed)),
  ed: edForm,
  'forward-ed': forwardForm,
  rcs: rcsForm,
  'side-by-side': (a, b, hunks, parsed) => columnForm(a, b, hunks, columnsOf(parsed)),
  ifdef: (a, b, hunks, parsed) => groupForm(a, b, hunks, formatsOf(parsed)),
};

export const printed = (
  a: DiffSide,
  b: DiffSide,
  hunks: readonly Hunk[],
  parsed: DiffGiven,
  terminal: boolean,
): string => {
  const form = formOf(parsed);
  const expand = parsed.has('expand-tabs') && form !== 'side-by-side';
  const tab = Number(parsed.value('tabsize') ?? TAB);
  const side = (one: DiffSide): DiffSide =>
    expand ? { ...one, lines: one.lines.map((line) => expanded(line, tab)) } : one;
  let text = PRINT[form](side(a), side(b), hunks, parsed);
  if (form !== 'normal' && form !== 'unified' && form !== 'context') return text;
  if (parsed.has('initial-tab')) text = tabbed(text, form);
  if (parsed.has('suppress-blank-empty')) text = text.replace(/^[ \t]+$/gm, '');
  const when = parsed.has('color') ? (parsed.value('color') ?? 'auto') : 'never';
  return when === 'always' || (when === 'auto' && terminal) ? colored(text, form) : text;
};

/** -p and -F: the last line before a hunk that names what it is in. */
const functionLine = (a: DiffSide, parsed: DiffGiven): ((from: number) => string) | undefined => {
  const patterns = [
    ...(parsed.has('show-c-function') ? ['^[[:alpha:]$_]'] : []),
    ...parsed.values('show-function-line'),
  ].map((pattern) => compileRegex(pattern, { extended: false }));
  if (patterns.length === 0) return undefined;
  return (from) => {
    const found = a.lines.slice(0, from).findLast((line) => patterns.some((pattern) => pattern.test(line)));
    return found === undefined ? '' : ` ${found.trimStart().slice(0, 40).trimEnd()}`;
  };
};

const columnsOf = (parsed: DiffGiven): ColumnStyle => ({
  width: Number(parsed.value('width') ?? WIDTH),
  tab: Number(parsed.value('tabsize') ?? TAB),
  expand: parsed.has('expand-tabs'),
  leftOnly: parsed.has('left-column'),
  suppressCommon: parsed.has('suppress-common-lines'),
});

const formatsOf = (parsed: DiffGiven): GroupFormats => {
  const name = parsed.value('ifdef');
  const base = name === undefined ? { groups: {}, lines: {} } : ifdefFormats(name);
  const defined = (entries: Record<string, string | undefined>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  const all = parsed.value('line-format');
  return {
    groups: {
      ...base.groups,
      ...defined({
        old: parsed.value('old-group-format'),
        new: parsed.value('new-group-format'),
        unchanged: parsed.value('unchanged-group-format'),
        changed: parsed.value('changed-group-format'),
      }),
    },
    lines: {
      ...defined({ old: all, new: all, unchanged: all }),
      ...defined({
        old: parsed.value('old-line-format'),
        new: parsed.value('new-line-format'),
        unchanged: parsed.value('unchanged-line-format'),
      }),
    },
  };
};
