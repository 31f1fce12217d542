// Key sequences by chance: motions, kills, history and searches in the proportions of quick fingers.
import fc from 'fast-check';

const words = ["'echo '", "'foo-bar'", "'a b'", "'/x.y '", "'(q) '", "'12'", "' '"];
const motions = 'C-a C-e C-b C-f M-b M-f Left Right Home End C-Left C-Right C-M-b C-M-f'.split(' ');
const deletions = 'Backspace Delete Delete C-k C-u C-w M-d M-Backspace C-M-d C-Delete M-\\'
  .split(' ')
  .concat('C-x Backspace');
const changes = 'C-y M-y C-t M-t M-u M-l M-c C-_ M-r'.split(' ').concat('C-x C-u');
const history = 'Up Down C-p C-n M-< M-> M-. M-_ C-M-y PageUp PageDown'.split(' ');
const marks = ['C-@', 'C-x C-x', 'C-v Tab', "C-] 'o'", "C-M-] 'a'", 'Insert', 'C-g'];
const counts = ['M-2', 'M-3', 'M--', 'M-0', 'M-- M-2'];
const searches = ['C-r', 'C-s', "C-r 'e'", "C-r 'o'", "C-r 'ps'", "C-s 'e'"];

const one = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 5, arbitrary: fc.constantFrom(...motions) },
  { weight: 4, arbitrary: fc.constantFrom(...deletions) },
  { weight: 4, arbitrary: fc.constantFrom(...changes) },
  { weight: 2, arbitrary: fc.constantFrom(...history) },
  { weight: 1, arbitrary: fc.constantFrom(...marks) },
  { weight: 1, arbitrary: fc.constantFrom(...searches) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...counts), fc.constantFrom(...motions, ...deletions, ...changes))
      .map((keys) => keys.join(' ')),
  },
);

/** Ends in a letter that nothing else brings: its sight says that all keys have been read. */
export const randomKeys = fc
  .array(one, { minLength: 1, maxLength: 14 })
  .map((keys) => `${keys.join(' ')} 'Z'`);
