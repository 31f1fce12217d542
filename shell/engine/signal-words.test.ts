// Signals that the kernel does not have: what a real engine says of them, and how long its stop waits.

import test from 'ava';
import { createLab } from './lab.ts';

const bad = (message: string) => ({ message });

test('a stop signal may be any number but 0, and is looked up only when it is sent', async (t) => {
  const lab = createLab();
  const { containers } = lab.engine;
  const create = (StopSignal: string) =>
    containers.create({ image: 'base', name: `s${StopSignal}`, config: { StopSignal } }).id;
  t.throws(() => create('0'), bad('Invalid signal: 0'));
  t.throws(() => create('FOO'), bad('Invalid signal: FOO'));
  create('-5');
  const id = create('99');
  containers.start(id);
  const refused = (signal: string, number: string) =>
    t.throws(
      () => containers.kill('s99', signal),
      bad(`Cannot kill container: s99: The linux daemon does not support signal ${number}`),
    );
  refused('99', '99');
  refused('-5', '18446744073709551611');
  t.throws(() => containers.kill('s99', '0'), bad('Invalid signal: 0'));
  const before = lab.clock.now();
  await containers.stop('s99');
  t.is(containers.inspect('s99').State.ExitCode, 137);
  t.is(lab.clock.now() - before, 2_000_000_000n, 'two seconds, not the ten that a signal is given');
});
