// The order in which bash walks an associative array: by hash bucket (FNV-1, 1,024 buckets), the newest first in each.
import { encodeName } from '../fs/name.ts';

const OFFSET = 2166136261;
const PRIME = 16777619;
const BUCKETS = 1024;

function bucketOf(key: string, buckets: number): number {
  let hash = OFFSET;
  // The bytes are signed there: those above 127 extend their sign.
  for (const byte of encodeName(key)) hash = Math.imul(hash, PRIME) ^ ((byte << 24) >> 24);
  return (hash >>> 0) & (buckets - 1);
}

/** The entries of an associative array as `${!a[@]}`, `${a[@]}` and `declare -p` list them. */
export function keyedEntries(
  keyed: ReadonlyMap<string, string>,
  buckets = BUCKETS,
): [key: string, value: string][] {
  return [...keyed]
    .map(([key, value], age) => ({ key, value, age, bucket: bucketOf(key, buckets) }))
    .sort((a, b) => a.bucket - b.bucket || b.age - a.age)
    .map(({ key, value }) => [key, value]);
}
