// Looking without being seen: panes ask the engine while somebody traces, and must not show up in the trace.

import type { Kernel } from '../fs/kernel.ts';

export const quietly = <Result>({ trace }: Kernel, look: () => Result): Result => {
  const { on, actor } = trace;
  trace.on = false;
  try {
    return look();
  } finally {
    trace.on = on;
    trace.actor = actor;
  }
};
