// The bindings: key, words for help, action. The hint line and the help overlay are made from this table,
// so they cannot disagree with what keys do.
import type { PaneName } from './layout.ts';
import type { Message } from './message.ts';
import type { Mode } from './model.ts';

/** Where a binding holds: a mode, and in navigate mode maybe one pane only. */
export interface Where {
  readonly mode: Mode;
  readonly pane?: PaneName;
  /** Only while a scenario plays. */
  readonly playing?: true;
}

export interface Binding extends Where {
  readonly keys: readonly string[];
  /** The keys as help shows them. */
  readonly shown: string;
  readonly help: string;
  readonly message: Message;
  /** A word for the hint line; bindings without one are in the help overlay only. */
  readonly hint?: string;
}

const shell = { mode: 'shell' } as const;
const navigate = { mode: 'navigate' } as const;
const script = { mode: 'navigate', pane: 'scenario', playing: true } as const;

export const BINDINGS: readonly Binding[] = [
  // Shell: every other key goes to the program on the terminal.
  {
    ...shell,
    playing: true,
    keys: ['f8'],
    shown: 'F8',
    help: 'next step of the scenario',
    hint: 'next step',
    message: { kind: 'scenario-next' },
  },
  {
    ...shell,
    playing: true,
    keys: ['f7'],
    shown: 'F7',
    help: 'one step back',
    hint: 'back',
    message: { kind: 'scenario-back' },
  },
  {
    ...shell,
    keys: ['f6', 'ctrl-]'],
    shown: 'F6 or Ctrl-]',
    help: 'to the panes',
    hint: 'panes',
    message: { kind: 'next-pane', by: 1 },
  },
  {
    ...shell,
    keys: ['shift-f6'],
    shown: 'Shift-F6',
    help: 'to the last pane',
    message: { kind: 'next-pane', by: -1 },
  },
  {
    ...shell,
    keys: ['f1', 'alt-h'],
    shown: 'F1 or Alt-h',
    help: 'all keys',
    hint: 'help',
    message: { kind: 'open', overlay: 'help' },
  },
  {
    ...shell,
    keys: ['f2', 'alt-:'],
    shown: 'F2 or Alt-:',
    help: 'scenarios to play',
    hint: 'scenarios',
    message: { kind: 'open', overlay: 'scenarios' },
  },
  {
    ...shell,
    keys: ['shift-pageup'],
    shown: 'Shift-PgUp',
    help: 'scroll back',
    message: { kind: 'scroll-shell', pages: 1 },
  },
  {
    ...shell,
    keys: ['shift-pagedown'],
    shown: 'Shift-PgDn',
    help: 'scroll forward',
    message: { kind: 'scroll-shell', pages: -1 },
  },
  // A scenario that plays.
  {
    ...script,
    keys: ['right', 'space', 'n', 'enter', '.', ']'],
    shown: '→ Space Enter',
    help: 'next step',
    hint: 'next',
    message: { kind: 'scenario-next' },
  },
  {
    ...script,
    keys: ['left', 'p', 'b', '['],
    shown: '← b',
    help: 'one step back',
    hint: 'back',
    message: { kind: 'scenario-back' },
  },
  {
    ...script,
    keys: ['a'],
    shown: 'a',
    help: 'play on by itself, or stop',
    hint: 'auto',
    message: { kind: 'scenario-auto' },
  },
  { ...script, keys: ['x'], shown: 'x', help: 'close the scenario', message: { kind: 'scenario-close' } },
  // Panes.
  {
    ...navigate,
    keys: ['s', 'i', 'enter', 'esc'],
    shown: 's Enter',
    help: 'back to the shell',
    hint: 'shell',
    message: { kind: 'focus', pane: 'shell' },
  },
  {
    ...navigate,
    keys: ['tab', 'f6', 'ctrl-]'],
    shown: 'Tab',
    help: 'next pane',
    hint: 'pane',
    message: { kind: 'next-pane', by: 1 },
  },
  {
    ...navigate,
    keys: ['shift-tab', 'shift-f6'],
    shown: 'Shift-Tab',
    help: 'last pane',
    message: { kind: 'next-pane', by: -1 },
  },
  {
    ...navigate,
    keys: ['j', 'down'],
    shown: 'j ↓',
    help: 'down',
    hint: 'move',
    message: { kind: 'move', by: 1 },
  },
  { ...navigate, keys: ['k', 'up'], shown: 'k ↑', help: 'up', message: { kind: 'move', by: -1 } },
  {
    ...navigate,
    keys: ['l', 'right', 'space'],
    shown: 'l → Space',
    help: 'open',
    hint: 'open',
    message: { kind: 'fold', open: true },
  },
  { ...navigate, keys: ['h', 'left'], shown: 'h ←', help: 'close', message: { kind: 'fold', open: false } },
  {
    ...navigate,
    keys: ['g', 'home'],
    shown: 'g',
    help: 'first line',
    message: { kind: 'move', by: -Infinity },
  },
  { ...navigate, keys: ['G', 'end'], shown: 'G', help: 'last line', message: { kind: 'move', by: Infinity } },
  {
    ...navigate,
    keys: ['ctrl-d', 'pagedown'],
    shown: 'Ctrl-d PgDn',
    help: 'half a page down',
    message: { kind: 'page', by: 1 },
  },
  {
    ...navigate,
    keys: ['ctrl-u', 'pageup'],
    shown: 'Ctrl-u PgUp',
    help: 'half a page up',
    message: { kind: 'page', by: -1 },
  },
  {
    ...navigate,
    keys: ['/'],
    shown: '/',
    help: 'filter by name',
    hint: 'filter',
    message: { kind: 'open', overlay: 'filter' },
  },
  {
    ...navigate,
    keys: ['c'],
    shown: 'c',
    help: 'merged view of the next container',
    hint: 'container',
    message: { kind: 'next-container' },
  },
  {
    ...navigate,
    keys: ['+', '_', 'z'],
    shown: '+',
    help: 'this pane over the whole screen, or back',
    hint: 'zoom',
    message: { kind: 'zoom' },
  },
  {
    ...navigate,
    keys: ['u'],
    shown: 'u',
    help: 'undo the last command',
    hint: 'undo',
    message: { kind: 'undo' },
  },
  { ...navigate, keys: ['ctrl-r', 'r'], shown: 'Ctrl-r', help: 'redo', message: { kind: 'redo' } },
  {
    ...navigate,
    keys: [':'],
    shown: ':',
    help: 'scenarios to play',
    hint: 'scenarios',
    message: { kind: 'open', overlay: 'scenarios' },
  },
  {
    ...navigate,
    keys: ['?', 'f1', 'alt-h'],
    shown: '?',
    help: 'all keys',
    hint: 'help',
    message: { kind: 'open', overlay: 'help' },
  },
  { ...navigate, keys: ['ctrl-z'], shown: 'Ctrl-z', help: 'suspend cowsh', message: { kind: 'suspend' } },
  { ...navigate, keys: ['q'], shown: 'q', help: 'quit', hint: 'quit', message: { kind: 'quit' } },
];

/** Alt-1 to Alt-9 everywhere, and 1 to 9 outside the shell, go to the pane of that number. */
export function paneNumber(name: string, mode: Mode): number | undefined {
  const digit = (mode === 'navigate' ? /^(?:alt-)?([1-9])$/ : /^alt-([1-9])$/).exec(name)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

/** The bindings in force, those of one pane before those of all. */
export function bindingsFor(mode: Mode, pane: PaneName, playing: boolean): readonly Binding[] {
  const held = BINDINGS.filter(
    (binding) =>
      binding.mode === mode &&
      (binding.pane === undefined || binding.pane === pane) &&
      (binding.playing === undefined || playing),
  );
  return [
    ...held.filter((binding) => binding.pane !== undefined),
    ...held.filter((binding) => binding.pane === undefined),
  ];
}

export function messageFor(name: string, mode: Mode, pane: PaneName, playing: boolean): Message | undefined {
  const number = paneNumber(name, mode);
  if (number !== undefined) return { kind: 'focus-number', number };
  return bindingsFor(mode, pane, playing).find(({ keys }) => keys.includes(name))?.message;
}
