// How setpriv(1) writes changes of a set of capabilities: `+chown,-kill`, `-all,+cap_21`.

import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilityNames,
  capabilitySet,
  difference,
  namesOf,
  union,
} from '../../fs/capability.ts';

/** The set after the changes, or what is wrong with them. */
export const changedSet = (set: CapabilitySet, changes: string): CapabilitySet | string => {
  let changed = set;
  for (const word of changes.split(',')) {
    const [sign, name] = [word.slice(0, 1), word.slice(1)];
    if (sign !== '+' && sign !== '-') return 'bad capability string';
    const meant = setNamed(name.toLowerCase());
    if (meant === undefined) return `unknown capability "${name}"`;
    changed = sign === '+' ? union(changed, meant) : difference(changed, meant);
  }
  return changed;
};

const setNamed = (name: string): CapabilitySet | undefined => {
  const number = /^cap_(\d+)$/.exec(name)?.[1];
  if (number !== undefined) return Number(number) < capabilityNames.length ? 2 ** Number(number) : undefined;
  return name === 'all' ? ALL_CAPABILITIES : capabilitySet([name]);
};

export const shownSet = (set: CapabilitySet): string => namesOf(set).join(',') || '[none]';
