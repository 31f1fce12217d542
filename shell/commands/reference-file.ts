// --reference=RFILE: the file whose attributes are taken over.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

/** Its attributes; undefined after a complaint. */
export const referenceStat = async (
  out: Output,
  path: string,
  { follow = true } = {},
): Promise<Stat | undefined> => {
  const { process } = out;
  const { value, error } = attempt(() => (follow ? process.stat(path) : process.lstat(path)));
  if (error) await out.complain(`failed to get attributes of ${quoteAlways(process, path)}`, error);
  return value;
};
