// A wait that a key ends before its time.

import type { Process } from '../fs/process.ts';
import type { FullScreen } from './full-screen.ts';

type Answer = readonly string[] | 'resized' | 'closed';

const waiting = new WeakMap<FullScreen, Promise<Answer>>();

/** The key that was typed; undefined when the time is over or the terminal has another size. */
export const untilKey = async (
  process: Process,
  screen: FullScreen,
  ms: number,
): Promise<string | undefined> => {
  // One read at a time: it outlives the wait and is taken up by the next one.
  const reading = waiting.get(screen) ?? screen.keys();
  waiting.set(screen, reading);
  const { clock } = process.kernel;
  let cancel = (): void => {};
  const time = new Promise<'time'>((resolve) => {
    // Somebody looks at the screen: on a virtual clock this wait moves no time.
    cancel = clock.after(ms, () => resolve('time'), false);
  });
  const answer = await Promise.race([reading, time]);
  cancel();
  process.checkpoint();
  if (answer === 'time') return undefined;
  waiting.delete(screen);
  if (answer === 'closed') return 'closed';
  return answer === 'resized' ? undefined : answer[0];
};
