// Ids, drawn from the machine's random numbers: the same seed gives the same ones.

import type { Random } from '../fs/random.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 64 hexadecimal digits: a container, a cache ID, a volume without a name. */
export const newId = (random: Random): string => Buffer.from(random.bytes(32)).toString('hex');

/** 26 base32 digits: the short name of a layer under `overlay2/l`. */
export const newLinkId = (random: Random): string =>
  Array.from({ length: 26 }, () => BASE32[random.next() % BASE32.length]).join('');

/** A whole number from 0 to `below - 1`. */
export const pick = (random: Random, below: number): number => random.next() % below;
