// What diff does to the lines of a finished form: colours (--color), and tabs that line up (-T).

type Form = 'normal' | 'unified' | 'context';

const COLORS = { header: '1', place: '36', old: '31', new: '32' } as const;

type Part = keyof typeof COLORS | 'plain';

/** What a line of the form is. */
const PARTS: Readonly<Record<Form, readonly (readonly [RegExp, Part])[]>> = {
  normal: [
    [/^\d/, 'place'],
    [/^</, 'old'],
    [/^>/, 'new'],
  ],
  unified: [
    [/^@@/, 'place'],
    [/^-/, 'old'],
    [/^\+/, 'new'],
  ],
  context: [[/^(?:\*\*\* \d+(?:,\d+)? \*\*\*\*|--- \d+(?:,\d+)? ----)$/, 'place']],
};

/** Calls `change` for each line with what it is. */
const eachPart = (text: string, form: Form, change: (line: string, part: Part) => string): string => {
  let side: Part = 'plain';
  return text
    .split('\n')
    .map((line, at, all) => {
      if (at === all.length - 1 && line === '') return '';
      if (form !== 'normal' && at < 2) return change(line, 'header');
      const part = PARTS[form].find(([pattern]) => pattern.test(line))?.[1] ?? 'plain';
      if (form !== 'context' || line.startsWith('\\')) return change(line, part);
      // In the context form all lines of a side have its colour.
      if (part === 'place') side = line.startsWith('*') ? 'old' : 'new';
      if (line === '***************' || line.startsWith('*************** ')) return change(line, 'plain');
      return change(line, part === 'place' ? part : side);
    })
    .join('\n');
};

export const colored = (text: string, form: Form): string =>
  eachPart(text, form, (line, part) => (part === 'plain' ? line : `\x1b[${COLORS[part]}m${line}\x1b[0m`));

/** -T: a tab stands after the mark, so that tabs in the text line up. */
export const tabbed = (text: string, form: Form): string => {
  const mark = form === 'unified' ? /^(?: |([-+]))/ : /^([-+!<> ]) /;
  return eachPart(text, form, (line, part) =>
    part === 'header' || part === 'place' ? line : line.replace(mark, (_all, sign = '') => `${sign}\t`),
  );
};
