// Choosing numbers for new accounts, as shadow-utils do: after the highest; for the system below the lowest.

import type { AccountFile } from './database.ts';
import type { LoginDefaults } from './defaults.ts';

const SUBORDINATES = 65_536;
const FIRST_SUBORDINATE = 100_000;

/** A free number of the range; undefined when there is none. `wanted` is taken where it is free. */
export const freeId = (
  used: readonly number[],
  kind: 'UID' | 'GID',
  system: boolean,
  defaults: LoginDefaults,
  wanted?: number,
): number | undefined => {
  const highest = defaults.number(`${kind}_MAX`, 60_000);
  const least = defaults.number(`${kind}_MIN`, 1000);
  const [from, to] = system
    ? [defaults.number(`SYS_${kind}_MIN`, 101), defaults.number(`SYS_${kind}_MAX`, least - 1)]
    : [least, highest];
  const taken = new Set(used);
  if (wanted !== undefined && wanted >= from && wanted <= to && !taken.has(wanted)) return wanted;
  const within = used.filter((id) => id >= from && id <= to);
  const next = system ? Math.min(to + 1, ...within) - 1 : Math.max(from - 1, ...within) + 1;
  if (next >= from && next <= to) return next;
  for (let step = 0; step <= to - from; step++) {
    const id = system ? to - step : from + step;
    if (!taken.has(id)) return id;
  }
  return undefined;
};

/** Gives a user the next range of subordinate ids. */
export const addSubordinates = (file: AccountFile | undefined, name: string): void => {
  if (file === undefined || file.row(name) !== undefined) return;
  const ends = file.rows.map(([, start, count]) => Number(start) + Number(count));
  file.add(name, Math.max(FIRST_SUBORDINATE, ...ends), SUBORDINATES);
};

const DAY_NS = 86_400_000_000_000n;

/** Today as shadow(5) counts: days since 1970. */
export const shadowDay = (now: bigint): number => Number(now / DAY_NS);

/** Names as Debian allows them: no blank, colon, comma or slash, and no sign in front. */
export const isGoodName = (name: string): boolean =>
  name !== '' && name.length <= 32 && !/^[-+~]|[:,/\s]|^\.{1,2}$/.test(name);
