// What keys do while an overlay is open. The filter's own line editing is not here: its dialog reads text itself.
import type { Message } from './message.ts';
import type { OverlayName } from './model.ts';

type Keys = Readonly<Record<string, Message>>;

const MOVING: Keys = {
  j: { kind: 'move', by: 1 },
  down: { kind: 'move', by: 1 },
  k: { kind: 'move', by: -1 },
  up: { kind: 'move', by: -1 },
  'ctrl-d': { kind: 'move', by: 8 },
  pagedown: { kind: 'move', by: 8 },
  space: { kind: 'move', by: 8 },
  'ctrl-u': { kind: 'move', by: -8 },
  pageup: { kind: 'move', by: -8 },
  g: { kind: 'move', by: -Infinity },
  G: { kind: 'move', by: Infinity },
};

const CLOSING: Keys = {
  esc: { kind: 'close' },
  q: { kind: 'close' },
  'ctrl-c': { kind: 'close' },
};

const KEYS: Readonly<Record<OverlayName, Keys>> = {
  help: { ...MOVING, ...CLOSING, '?': { kind: 'close' }, f1: { kind: 'close' }, enter: { kind: 'close' } },
  scenarios: {
    ...MOVING,
    ...CLOSING,
    enter: { kind: 'choose' },
    ':': { kind: 'close' },
    f2: { kind: 'close' },
  },
  filter: { esc: { kind: 'close' }, 'ctrl-c': { kind: 'close' } },
  quit: {
    y: { kind: 'quit' },
    enter: { kind: 'quit' },
    q: { kind: 'quit' },
    n: { kind: 'close' },
    esc: { kind: 'close' },
    'ctrl-c': { kind: 'close' },
  },
};

export function overlayMessage(name: string, overlay: OverlayName): Message | undefined {
  return KEYS[overlay][name];
}
