// What terminals of the xterm kind send for keys that are no characters: `ESC [ 1 ; 5 C` is Ctrl-Right.

const letters: Readonly<Record<string, string>> = {
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

const numbers: Readonly<Record<string, string>> = {
  1: 'Home',
  2: 'Insert',
  3: 'Delete',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
};

const modifiers: Readonly<Record<string, string>> = { 2: 'S-', 3: 'M-', 5: 'C-', 6: 'C-S-', 7: 'C-M-' };

/** The key's name with its modifiers before it, C-Left; undefined for a sequence of no key that is known. */
export const keyOfSequence = (parameters: string, final: string): string | undefined => {
  const [first = '', modifier = ''] = parameters.split(';');
  const name = final === '~' ? numbers[first] : letters[final];
  return name === undefined ? undefined : `${modifiers[modifier] ?? ''}${name}`;
};
