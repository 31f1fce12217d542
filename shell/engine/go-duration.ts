// A span of time as Go's time.Duration prints it: `1m30s`, `2.5s`, `100ms`.

const below: readonly (readonly [unit: string, nanoseconds: number])[] = [
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
];

export const goDuration = (nanoseconds: number): string => {
  if (nanoseconds === 0) return '0s';
  const small = nanoseconds < 1e9 ? below.find(([, size]) => nanoseconds >= size) : undefined;
  if (small !== undefined) return `${nanoseconds / small[1]}${small[0]}`;
  const minutes = Math.floor(nanoseconds / 60e9);
  const seconds = `${(nanoseconds - minutes * 60e9) / 1e9}s`;
  if (minutes === 0) return seconds;
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
};
