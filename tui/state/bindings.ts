// The bindings: keys, words for help, message. The hint line and the help overlay are made from this table,
// so they cannot disagree with what keys do.
import type { PaneName } from './layout.ts';
import type { Message } from './message.ts';
import type { Mode } from './model.ts';

/** Where a binding holds: a mode, maybe one pane only, maybe only while a scenario plays. */
export interface Where {
  readonly mode: Mode;
  readonly pane?: PaneName;
  readonly playing?: true;
}

export interface Binding extends Where {
  readonly keys: readonly string[];
  /** The keys as help shows them. */
  readonly shown: string;
  readonly help: string;
  readonly message: Message;
  /** A word for the hint line, where the first come first; bindings without one are in the help only. */
  readonly hint?: string;
}

type Entry = readonly [keys: string, shown: string, help: string, message: Message, hint?: string];

const bindings = (where: Where, entries: readonly Entry[]): Binding[] =>
  entries.map(([keys, shown, help, message, hint]) => ({
    ...where,
    keys: keys.split(' '),
    shown,
    help,
    message,
    ...(hint === undefined ? {} : { hint }),
  }));

// In the shell every other key goes to the program on the terminal.
const WHILE_PLAYING = bindings({ mode: 'shell', playing: true }, [
  ['f8', 'F8', 'next step of the scenario', { kind: 'scenario-next' }, 'next step'],
  ['f7', 'F7', 'one step back', { kind: 'scenario-back' }, 'back'],
]);

const SHELL = bindings({ mode: 'shell' }, [
  ['f6 ctrl-]', 'F6 or Ctrl-]', 'to the panes', { kind: 'next-pane', by: 1 }, 'panes'],
  ['f1 alt-h', 'F1 or Alt-h', 'all keys', { kind: 'open', overlay: 'help' }, 'help'],
  ['f2 alt-:', 'F2 or Alt-:', 'scenarios to play', { kind: 'open', overlay: 'scenarios' }, 'scenarios'],
  ['f5 alt-z', 'F5 or Alt-z', 'the shell over the whole screen, or back', { kind: 'zoom' }, 'zoom'],
  ['shift-f6', 'Shift-F6', 'to the last pane', { kind: 'next-pane', by: -1 }],
  ['shift-pageup', 'Shift-PgUp', 'scroll back', { kind: 'scroll-shell', pages: 1 }],
  ['shift-pagedown', 'Shift-PgDn', 'scroll forward', { kind: 'scroll-shell', pages: -1 }],
]);

const SCENARIO = bindings({ mode: 'navigate', pane: 'scenario', playing: true }, [
  [
    'right space n enter . ] f8',
    '→ Space Enter',
    'read on, then the next step',
    { kind: 'scenario-next' },
    'next',
  ],
  ['left p b [ f7', '← b', 'one step back', { kind: 'scenario-back' }, 'back'],
  ['a', 'a', 'play on by itself, or stop', { kind: 'scenario-auto' }, 'auto'],
  ['x', 'x', 'close the scenario', { kind: 'scenario-close' }, 'close'],
]);

const PANES = bindings({ mode: 'navigate' }, [
  ['s i enter esc ctrl-c', 's Enter', 'back to the shell', { kind: 'focus', pane: 'shell' }, 'shell'],
  ['tab f6 ctrl-]', 'Tab', 'next pane', { kind: 'next-pane', by: 1 }, 'pane'],
  ['? f1 alt-h', '?', 'all keys', { kind: 'open', overlay: 'help' }, 'help'],
  ['u', 'u', 'undo the last command', { kind: 'undo' }, 'undo'],
  ['j down', 'j ↓', 'down', { kind: 'move', by: 1 }, 'down'],
  ['l right space', 'l →', 'open', { kind: 'fold', open: true }, 'open'],
  ['+ _ z f5', '+', 'this pane over the whole screen, or back', { kind: 'zoom' }, 'zoom'],
  ['q', 'q', 'quit', { kind: 'quit' }, 'quit'],
  [': f2', ':', 'scenarios to play', { kind: 'open', overlay: 'scenarios' }, 'scenarios'],
  ['/', '/', 'filter by name', { kind: 'open', overlay: 'filter' }, 'filter'],
  ['c', 'c', 'merged view of the next container', { kind: 'next-container' }, 'container'],
  ['ctrl-r r', 'Ctrl-r', 'redo', { kind: 'redo' }, 'redo'],
  ['k up', 'k ↑', 'up', { kind: 'move', by: -1 }],
  ['h left', 'h ←', 'close', { kind: 'fold', open: false }],
  ['g home', 'g', 'first line', { kind: 'move', by: Number.NEGATIVE_INFINITY }],
  ['G end', 'G', 'last line', { kind: 'move', by: Number.POSITIVE_INFINITY }],
  ['ctrl-d pagedown', 'Ctrl-d', 'half a page down', { kind: 'page', by: 1 }],
  ['ctrl-u pageup', 'Ctrl-u', 'half a page up', { kind: 'page', by: -1 }],
  ['shift-tab shift-f6', 'Shift-Tab', 'last pane', { kind: 'next-pane', by: -1 }],
  ['ctrl-z', 'Ctrl-z', 'suspend cowsh', { kind: 'suspend' }],
]);

export const BINDINGS: readonly Binding[] = [...WHILE_PLAYING, ...SHELL, ...SCENARIO, ...PANES];
