// Keys out of what a terminal sends: characters as they are, the others by name: <Up>, <C-Left>, <Delete>.

const LETTERS: Readonly<Record<string, string>> = {
  A: 'Up',
  B: 'Down',
  C: 'Right',
  D: 'Left',
  H: 'Home',
  F: 'End',
  Z: 'S-Tab',
  P: 'F1',
  Q: 'F2',
  R: 'F3',
  S: 'F4',
};
const NUMBERS: Readonly<Record<string, string>> = {
  1: 'Home',
  2: 'Insert',
  3: 'Delete',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
};
const MODIFIERS: Readonly<Record<string, string>> = { 2: 'S-', 3: 'M-', 5: 'C-', 6: 'C-S-' };

const nameOf = (sequence: string): string | undefined => {
  const [, numbers = '', final = ''] = /^\x1b(?:\[|O)([\d;]*)([A-Za-z~])$/.exec(sequence) ?? [];
  const [first = '', modifier = ''] = numbers.split(';');
  const base = final === '~' ? NUMBERS[first] : LETTERS[final];
  return base === undefined ? undefined : `<${MODIFIERS[modifier] ?? ''}${base}>`;
};

/** One read's keys. An Escape that begins no sequence of a key is the Escape key; unknown sequences are dropped. */
export const keysOf = (text: string): string[] =>
  (text.match(/\x1b\[[\d;]*[A-Za-z~]|\x1bO[A-DFHP-S]|./gsu) ?? []).flatMap((key) => {
    if (key.length < 3) return [key];
    const name = nameOf(key);
    return name === undefined ? [] : [name];
  });
