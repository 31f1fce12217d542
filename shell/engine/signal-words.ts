// Signals as Docker's words name them: `KILL`, `SIGKILL`, `9`.

import { type Signal, signals } from '../fs/signal.ts';
import { EngineError, refuse } from './engine-error.ts';

/** The signal, if the kernel has it. */
export const knownSignal = (text: string): Signal | undefined => {
  const name = text.toUpperCase();
  return (Object.keys(signals) as Signal[]).find(
    (signal) => signal === name || signal === `SIG${name}` || String(signals[signal]) === text,
  );
};

/** Any number but 0 will do in a configuration; only when it is sent is it looked up. */
export const isSignalWord = (text: string): boolean =>
  /^[+-]?\d+$/.test(text) ? Number(text) !== 0 : knownSignal(text) !== undefined;

/** Throws bad-signal, and cannot-kill for a number that is no signal. */
export const signalToSend = (reference: string, text: string): Signal => {
  const signal = knownSignal(text);
  if (signal !== undefined) return signal;
  if (!isSignalWord(text)) refuse('bad-signal', text);
  const number = BigInt.asUintN(64, BigInt(text.replace('+', '')));
  throw new EngineError('cannot-kill', reference, `The linux daemon does not support signal ${number}`);
};
