// The switches of `-LETTER`, and what less says of them.

import type { Look } from './document.ts';

export interface Told {
  readonly look: Look;
  readonly ignoreCase: boolean | 'always';
  readonly highlights: boolean;
}

type Toggle = (told: Told) => Told & { readonly message: string };

const inLook =
  (name: 'numbers' | 'chop' | 'colours' | 'squeeze', yes: string, no: string): Toggle =>
  (told) => {
    const on = !told.look[name];
    return { ...told, look: { ...told.look, [name]: on }, message: on ? yes : no };
  };

const ignoring =
  (wanted: true | 'always', yes: string): Toggle =>
  (told) => {
    const ignoreCase = told.ignoreCase === wanted ? false : wanted;
    return { ...told, ignoreCase, message: ignoreCase === false ? 'Case is significant in searches' : yes };
  };

const TOGGLES: Readonly<Record<string, Toggle>> = {
  i: ignoring(true, 'Ignore case in searches'),
  I: ignoring('always', 'Ignore case in searches and in patterns'),
  N: inLook('numbers', 'Constantly display line numbers', "Don't use line numbers"),
  S: inLook('chop', 'Chop long lines', 'Fold long lines'),
  R: inLook(
    'colours',
    'Display ANSI sequences directly, other control characters as ^X',
    'Display control characters as ^X',
  ),
  s: inLook('squeeze', 'Squeeze multiple blank lines', 'Display all blank lines'),
  G: (told) => ({
    ...told,
    highlights: !told.highlights,
    message: told.highlights
      ? "Don't highlight matched search patterns"
      : 'Highlight all matches for previous search pattern',
  }),
};

export const toggled = (told: Told, letter: string): Told & { readonly message: string } =>
  TOGGLES[letter]?.(told) ?? { ...told, message: `There is no -${letter} option` };
