// Options that rule one another out, as util-linux's programs complain of them.

import type { Options } from './options.ts';
import type { Output } from './output.ts';

/** Two different options of one group have been given: says so, naming the whole group. True when it did. */
export const complainOfExclusive = async <Name extends string>(
  out: Output,
  parsed: Options<Name>,
  groups: readonly (readonly NoInfer<Name>[])[],
): Promise<boolean> => {
  for (const [at, { name }] of parsed.list.entries()) {
    const before = parsed.list.slice(0, at).map((option) => option.name);
    const group = groups.find(
      (names) => names.includes(name) && before.some((other) => other !== name && names.includes(other)),
    );
    if (group === undefined) continue;
    await out.warn(`mutually exclusive arguments: ${group.map((word) => `--${word}`).join(' ')}`);
    return true;
  }
  return false;
};
