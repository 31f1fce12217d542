// Replacing: a question at each place, from the cursor around to it again.

import { isBefore, type Position } from '../vi/position.ts';
import { splice } from '../vi/text.ts';
import { type Match, matchesIn } from './search.ts';
import { changed, type Nano, type Replacing, tell } from './state.ts';

export const startReplacing = (nano: Nano, text: string): Nano => {
  const replacing = { text, origin: nano.cursor, wrapped: false, count: 0, length: 0 };
  const asked = next({ ...nano, mark: undefined, replacing }, replacing, nano.cursor);
  return asked.replacing === undefined && matchesIn(nano, nano.searched).next().done === true
    ? tell(asked, `"${nano.searched}" not found`)
    : asked;
};

/** The first place at `from` or behind it that has not been asked about. */
const placeFrom = (
  nano: Nano,
  { origin, wrapped }: Replacing,
  from: Position,
): [Match, boolean] | undefined => {
  const ahead = matchesIn(nano, nano.searched, from.row).find(({ start }) => !isBefore(start, from));
  if (ahead !== undefined && (!wrapped || isBefore(ahead.start, origin))) return [ahead, wrapped];
  if (wrapped) return undefined;
  const [first] = matchesIn(nano, nano.searched);
  return first !== undefined && isBefore(first.start, origin) ? [first, true] : undefined;
};

const next = (nano: Nano, replacing: Replacing, from: Position): Nano => {
  const place = placeFrom(nano, replacing, from);
  if (place === undefined) return endReplacing(nano, replacing);
  const [{ start, length }, wrapped] = place;
  return {
    ...nano,
    cursor: start,
    view: 'centre',
    replacing: { ...replacing, length, wrapped },
    prompt: { kind: 'replace?', text: '' },
  };
};

export const endReplacing = (nano: Nano, { origin, count }: Replacing): Nano =>
  tell(
    { ...nano, cursor: origin, view: 'centre', replacing: undefined, prompt: undefined },
    `Replaced ${count} occurrence${count === 1 ? '' : 's'}`,
  );

const replaceHere = (nano: Nano, replacing: Replacing): readonly [Nano, Replacing] => {
  const { cursor } = nano;
  const { text, length, origin } = replacing;
  const end = { row: cursor.row, col: cursor.col + length };
  const lines = splice(nano.lines, cursor, end, [text]);
  const shifts = origin.row === cursor.row && isBefore(cursor, origin);
  const moved = shifts ? { row: origin.row, col: Math.max(0, origin.col + text.length - length) } : origin;
  const after = changed(nano, 'replacement', lines, { row: cursor.row, col: cursor.col + text.length });
  return [after, { ...replacing, origin: moved, count: replacing.count + 1 }];
};

export const answerReplace = (nano: Nano, replacing: Replacing, key: string): Nano => {
  if (/^n$/i.test(key)) {
    const { row, col } = nano.cursor;
    return next(nano, replacing, { row, col: col + Math.max(1, replacing.length) });
  }
  if (!/^[ya]$/i.test(key)) return nano;
  let [now, rest] = replaceHere(nano, replacing);
  now = next(now, rest, behindReplaced(now, rest));
  while (/^a$/i.test(key) && now.replacing !== undefined) {
    [now, rest] = replaceHere(now, now.replacing);
    now = next(now, rest, behindReplaced(now, rest));
  }
  return now;
};

/** An expression that matches nothing at all would match there for ever. */
const behindReplaced = ({ cursor: { row, col } }: Nano, { length }: Replacing): Position => ({
  row,
  col: length === 0 ? col + 1 : col,
});
