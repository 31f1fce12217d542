// From a key's name to what it means where one is.
import { BINDINGS, type Binding } from './bindings.ts';
import type { PaneName } from './layout.ts';
import type { Message } from './message.ts';
import type { Mode } from './model.ts';

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
