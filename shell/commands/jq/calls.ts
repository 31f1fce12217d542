// Calls in calls, as deep as memory allows: JavaScript's own stack would be full after some hundred.

import { type Outputs, PAUSE } from './environment.ts';

/** So many calls lie on JavaScript's stack at once. */
const DEEP = 40;

type Answer = { readonly next: ReturnType<Outputs['next']> } | { readonly error: unknown };

/** Outputs that somebody too deep down wants the next one of. */
interface Wanted {
  readonly outputs: Outputs;
  answer: Answer | undefined;
}

export class Calls {
  #depth = 0;
  /** The last one is worked on, each of the others needs the one after it. */
  readonly #wanted: Wanted[] = [];

  /** The outputs of a call, which starts with the first of them. */
  *within(call: () => Outputs): Outputs {
    const outputs = call();
    for (;;) {
      const { done, value } = this.#depth < DEEP ? this.#here(outputs) : yield* this.#elsewhere(outputs);
      if (done) return;
      yield value;
    }
  }

  #here(outputs: Outputs): ReturnType<Outputs['next']> {
    this.#depth++;
    try {
      return outputs.next();
    } finally {
      this.#depth--;
    }
  }

  /** The pause takes all callers off the stack; `all` then has the answer worked out from there. */
  *#elsewhere(outputs: Outputs): Generator<typeof PAUSE, ReturnType<Outputs['next']>, undefined> {
    const wanted: Wanted = { outputs, answer: undefined };
    this.#wanted.push(wanted);
    do yield PAUSE;
    while (wanted.answer === undefined);
    if ('error' in wanted.answer) throw wanted.answer.error;
    return wanted.answer.next;
  }

  /** The outputs of a whole program, calls that are deep down worked out one after the other. */
  *all(program: Outputs): Outputs {
    for (;;) {
      const wanted = this.#wanted.at(-1);
      const answer = next(wanted?.outputs ?? program);
      // It wants something itself.
      if (this.#wanted.at(-1) !== wanted) continue;
      if ('next' in answer && answer.next.value === PAUSE) yield PAUSE;
      else if (wanted !== undefined) {
        wanted.answer = answer;
        this.#wanted.pop();
      } else if ('error' in answer) throw answer.error;
      else if (answer.next.done) return;
      else yield answer.next.value;
    }
  }
}

const next = (outputs: Outputs): Answer => {
  try {
    return { next: outputs.next() };
  } catch (error) {
    return { error };
  }
};
