// PS1 and PS2: bash's backslash escapes; the others know only what expansion gives.

import { accountName } from './account-name.ts';
import { expandText } from './expand/index.ts';
import type { Maybe } from './maybe.ts';
import type { Shell } from './shell.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');
const when = (shell: Shell): Date => new Date(Number(shell.now() / 1_000_000n));

const escapes: Record<string, (shell: Shell) => string> = {
  u: (shell) => userName(shell),
  h: (shell) => shell.process.uts.hostname.split('.')[0] ?? '',
  H: (shell) => shell.process.uts.hostname,
  w: (shell) => homeRelative(shell),
  W: (shell) => homeRelative(shell).replace(/^.*\/(?=[^/])/, ''),
  $: (shell) => (shell.process.cred.uid === 0 ? '#' : '\\$'),
  s: (shell) => shell.state.name.replace(/^.*\//, ''),
  v: () => '5.2',
  V: () => '5.2.15',
  j: (shell) => String(shell.jobs.list().length),
  '!': (shell) => String(shell.state.history.length + 1),
  '#': (shell) => String(shell.state.history.length + 1),
  n: () => '\n',
  r: () => '\r',
  a: () => '\x07',
  e: () => '\x1b',
  '\\': () => '\\\\',
  '[': () => '',
  ']': () => '',
  t: (shell) =>
    `${two(when(shell).getUTCHours())}:${two(when(shell).getUTCMinutes())}:${two(when(shell).getUTCSeconds())}`,
  A: (shell) => `${two(when(shell).getUTCHours())}:${two(when(shell).getUTCMinutes())}`,
  d: (shell) => {
    const date = when(shell);
    return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  },
};

/** The text of PS1 and kin: escapes first, then parameters and commands. */
export function promptText(shell: Shell, text: string): Maybe<string> {
  if (shell.dialect === 'dash') return expandText(shell, text);
  const decoded = text.replace(/\\([0-7]{3}|[\s\S])/g, (whole, letter: string) => {
    if (/^[0-7]{3}$/.test(letter)) return String.fromCharCode(Number.parseInt(letter, 8));
    const escape = escapes[letter];
    return escape === undefined ? whole : protect(letter, escape(shell));
  });
  return expandText(shell, decoded);
}

// What comes from names must not be expanded again.
const protect = (letter: string, value: string): string =>
  'uhHwWs'.includes(letter) ? value.replace(/[\\$`]/g, '\\$&') : value;

function userName(shell: Shell): string {
  const { uid } = shell.process.cred;
  return accountName(shell.process, uid) ?? (uid === 0 ? 'root' : 'I have no name!');
}

function homeRelative(shell: Shell): string {
  const home = shell.state.variables.scalar('HOME');
  const here = shell.directory();
  if (home && home !== '/' && (here === home || here.startsWith(`${home}/`)))
    return `~${here.slice(home.length)}`;
  return here;
}
