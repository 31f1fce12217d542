import { setTimeout as realPause, setImmediate as turn } from 'node:timers/promises';
import test from 'ava';
import { type Clock, virtualClock } from './clock.ts';
import { loading } from './loading.ts';

const DAY = 86_400_000;

/** A day's sleeper in the background, and somebody in the foreground who waits for other people's doing. */
const sleeperOf = (clock: Clock): { woken: boolean } => {
  const sleeper = { woken: false };
  clock.after(
    DAY,
    () => {
      sleeper.woken = true;
    },
    false,
  );
  clock.after(Number.POSITIVE_INFINITY, () => {}, true);
  return sleeper;
};

test.serial('no time passes while a module is loaded, however many turns that takes', async (t) => {
  const sleeper = sleeperOf(virtualClock());
  const other = sleeperOf(virtualClock());
  await loading(realPause(50));
  t.false(sleeper.woken);
  t.false(other.woken, 'whoever loads it: modules belong to no machine');
});

test.serial('time goes on when the last of several loads has ended, well or badly', async (t) => {
  const sleeper = sleeperOf(virtualClock());
  const failing = loading(Promise.reject(new Error('no such module')));
  const slow = loading(realPause(50));
  await t.throwsAsync(failing, { message: 'no such module' });
  await slow;
  t.false(sleeper.woken);
  while (!sleeper.woken) await turn();
  t.pass();
});

test.serial('a quiet machine with nothing to load is not waited for', async (t) => {
  const sleeper = sleeperOf(virtualClock());
  for (let turns = 0; !sleeper.woken && turns < 100; turns++) await turn();
  t.true(sleeper.woken);
});
