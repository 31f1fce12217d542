// Where a key goes: to a dialog, to the app, or to the program on the simulated terminal.
import { forProgram } from '../input/for-program.ts';
import type { Token } from '../input/read-keys.ts';
import { messageFor } from '../state/keys.ts';
import { overlayMessage } from '../state/overlay-keys.ts';
import type { Runtime } from './runtime.ts';

export interface KeyTargets {
  readonly runtime: Runtime;
  /** Types into the dialog that is open. */
  readonly dialog: (bytes: Uint8Array) => void;
  /** Whether keys may reach the shell: not while a scenario types. */
  readonly shellTakesKeys: () => boolean;
}

/** `pause`: what the next key means shows only when the dialog has been drawn. */
export type Turn = 'next' | 'pause';

export function routeKey(token: Token, { runtime, dialog, shellTakesKeys }: KeyTargets): Turn {
  const { overlay, mode, focus, scenario } = runtime.model;
  const name = token.kind === 'key' ? token.name : '';
  if (overlay !== undefined) {
    const message = overlayMessage(name, overlay);
    if (message !== undefined) runtime.dispatch(message);
    else if (overlay === 'filter') dialog(token.bytes);
    return 'pause';
  }
  const message = token.kind === 'key' ? messageFor(name, mode, focus, scenario !== undefined) : undefined;
  if (message !== undefined) {
    runtime.dispatch(message);
    return runtime.model.overlay === 'filter' ? 'pause' : 'next';
  }
  if (mode === 'shell' && (shellTakesKeys() || name === 'ctrl-c')) {
    runtime.dispatch({ kind: 'typed' });
    runtime.session.input(forProgram(token, runtime.screen));
  }
  return 'next';
}
