// Plays a scenario through the app's runtime with time that passes only where the player waits.
import type { Scenario } from '../../scenarios/scenario.ts';
import { isLoading, onceLoaded } from '../../shell/index.ts';
import type { Pace } from '../app/pace.ts';
import { Runtime } from '../app/runtime.ts';
import { ScenarioDriver } from '../app/scenario-driver.ts';
import type { SessionPort } from '../app/session-port.ts';
import type { Size } from '../state/layout.ts';
import { FULL_THEME } from '../text/theme.ts';
import { Cast } from './cast.ts';

// Turns of the event loop without output after which the shell waits for keys.
const QUIET_TURNS = 6;
// The shortest time between two frames.
const FRAME_MS = 50;

/** The recording's text. */
export async function film(session: SessionPort, scenario: Scenario, size: Size): Promise<string> {
  // The session is listened to before anything is waited for: its first prompt may come meanwhile.
  const drawing = import('./picture.tsx');
  const cast = new Cast(size, scenario.title);
  const runtime = new Runtime({ session, size, theme: FULL_THEME, changed: () => {}, perform: () => {} });
  const settle = settling(session, runtime);
  const { pictureOf } = await drawing;
  let undrawn = 0;
  const pace: Pace = {
    async wait(ms) {
      undrawn += ms;
      // Keys come faster than frames are worth drawing: some share one.
      if (undrawn >= FRAME_MS) {
        undrawn = 0;
        await settle();
        cast.frame(pictureOf(runtime.refresh()));
      }
      cast.advance(ms);
    },
  };
  const driver = new ScenarioDriver({
    runtime,
    scenario,
    pace,
    auto: true,
    stepping: (step) => cast.marker(`step ${step + 1}`),
  });
  await driver.playOn();
  await pace.wait(FRAME_MS);
  return cast.text();
}

/** Waits until nothing is printed any more and the screen shows all of it. */
function settling(session: SessionPort, runtime: Runtime): () => Promise<void> {
  let printed = 0;
  session.onOutput((bytes) => {
    printed += bytes.length;
  });
  return async () => {
    let before: number;
    do {
      before = printed;
      await allLoaded();
      for (let turn = 0; turn < QUIET_TURNS; turn++) await new Promise(setImmediate);
    } while (printed !== before || isLoading());
    await runtime.screen.write('');
  };
}

/** Loading a program takes turns of the event loop, as many as the machine below is slow. */
const allLoaded = (): Promise<void> =>
  new Promise((resolve) => (isLoading() ? onceLoaded(resolve) : resolve()));
