// Moments as text: `2026-01-01 00:00:00.000000000 +0000` and its parts. The sandbox knows UTC alone.

const SECOND = 1_000_000_000n;

/** Whole seconds since 1970, rounded down, and the nanoseconds that remain. */
export const secondsOf = (time: bigint): { seconds: bigint; nanoseconds: bigint } => {
  const nanoseconds = ((time % SECOND) + SECOND) % SECOND;
  return { seconds: (time - nanoseconds) / SECOND, nanoseconds };
};

export const dateOf = (time: bigint): Date => new Date(Number(secondsOf(time).seconds) * 1000);

const two = (value: number): string => String(value).padStart(2, '0');

export const dayText = (time: bigint): string => {
  const date = dateOf(time);
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
};

/** `00:00`, `00:00:00` */
export const clockText = (time: bigint, seconds = true): string => {
  const date = dateOf(time);
  const minutes = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return seconds ? `${minutes}:${two(date.getUTCSeconds())}` : minutes;
};

/** The form of `ls --full-time` and `stat`. */
export const fullTime = (time: bigint): string =>
  `${dayText(time)} ${clockText(time)}.${String(secondsOf(time).nanoseconds).padStart(9, '0')} +0000`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Jan  2` */
export const monthDay = (time: bigint): string => {
  const date = dateOf(time);
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
};
