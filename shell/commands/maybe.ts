// Values that may have to be waited for: a loop that never awaits runs several times faster, so hot paths stay
// synchronous until a promise turns up.

export type Maybe<T> = T | Promise<T>;

/** `next(value)`, at once when the value is there already. */
export function chain<T, U>(value: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
