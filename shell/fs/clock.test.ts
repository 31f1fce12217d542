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

test.serial(
  'no time passes while somebody computes, a little in each turn; an endless loop is not waited for',
  async (t) => {
    const clock = virtualClock();
    const sleeper = sleeperOf(clock);
    for (let turns = 0; turns < 100; turns++) {
      clock.running();
      await turn();
    }
    t.false(sleeper.woken);
    for (let turns = 0; !sleeper.woken && turns < 1000; turns++) {
      clock.running();
      await turn();
    }
    t.true(sleeper.woken);
  },
);

test.serial('a quiet machine with nothing to load is not waited for', async (t) => {
  const sleeper = sleeperOf(virtualClock());
  for (let turns = 0; !sleeper.woken && turns < 100; turns++) await turn();
  t.true(sleeper.woken);
});

/** A service that does something every second, and how often it did. */
const serviceOf = (clock: Clock): { done: number } => {
  const service = { done: 0 };
  const again = (): void => {
    service.done += 1;
    clock.after(1000, again, false, true);
  };
  clock.after(1000, again, false, true);
  return service;
};

const turns = async (count: number): Promise<void> => {
  for (let at = 0; at < count; at++) await new Promise((resolve) => setImmediate(resolve));
};

test.serial(
  'what a service does of itself moves time for nobody but who waits for it, and not for ever',
  async (t) => {
    const clock = virtualClock();
    const service = serviceOf(clock);
    const forget = clock.after(Number.POSITIVE_INFINITY, () => {}, true);
    await turns(500);
    t.is(service.done, 0, 'somebody waits for ever, but not for that');
    await new Promise<void>((wake) => clock.after(3500, wake, true));
    t.is(service.done, 3, 'in their turn when time passes');
    forget();
    clock.after(Number.POSITIVE_INFINITY, () => {}, true, true);
    await turns(3000);
    t.true(service.done > 10 && service.done < 1000, String(service.done));
  },
);

test.serial(
  'a sleeper in the background is gone to at once, and what a service has missed comes once',
  async (t) => {
    const clock = virtualClock();
    const service = serviceOf(clock);
    const sleeper = sleeperOf(clock);
    await turns(100);
    t.true(sleeper.woken);
    t.is(service.done, 1);
  },
);

test.serial('who computes is waited for a few turns only by somebody who sleeps to a moment', async (t) => {
  const clock = virtualClock();
  let woken = 0;
  clock.after(DAY, () => woken++, true);
  for (let turns = 0; turns < 5; turns++) {
    clock.running();
    await turn();
  }
  t.is(woken, 0);
  for (let turns = 0; woken === 0 && turns < 30; turns++) {
    clock.running();
    await turn();
  }
  t.is(woken, 1);
});
