// Three sets of capabilities as one text, and back (cap_from_text(3)): `cap_chown,cap_kill=ep`, `=ep cap_sys_admin-ep`.

import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilityNames,
  capabilitySet,
  difference,
  union,
} from '../../fs/capability.ts';
import type { SettableSets } from '../../fs/credential-changes.ts';

/** In the order in which the text has their letters. */
const KINDS = ['effective', 'inheritable', 'permitted'] as const;
type Kind = (typeof KINDS)[number];

const LETTERS: Readonly<Record<string, Kind>> = { e: 'effective', i: 'inheritable', p: 'permitted' };

/** Which of the sets a capability is in, as a number: it orders the clauses. */
const WEIGHTS = { effective: 1, permitted: 2, inheritable: 4 } as const;
const STATES = [7, 6, 5, 4, 3, 2, 1, 0];

const lettersOf = (state: number): string =>
  KINDS.map((kind) => ((state & WEIGHTS[kind]) === 0 ? '' : kind[0])).join('');

export const holds = (set: CapabilitySet, at: number): boolean => Math.floor(set / 2 ** at) % 2 === 1;

export const setsText = (sets: SettableSets): string => {
  const states = capabilityNames.map((_name, at) =>
    KINDS.reduce((state, kind) => state + (holds(sets[kind], at) ? WEIGHTS[kind] : 0), 0),
  );
  const count = (state: number): number => states.filter((one) => one === state).length;
  // What most have is told first; of as many, the lowest.
  const base = STATES.reduce((best, state) => (count(state) >= count(best) ? state : best));
  const clauses = STATES.filter((state) => state !== base && count(state) > 0).map((state) => {
    const names = capabilityNames.filter((_name, at) => states[at] === state).map((name) => `cap_${name}`);
    const [more, fewer] = [lettersOf(state & ~base), lettersOf(base & ~state)];
    return `${names.join(',')}${more === '' ? '' : `+${more}`}${fewer === '' ? '' : `-${fewer}`}`;
  });
  if (base !== 0 || clauses.length === 0) return [`=${lettersOf(base)}`, ...clauses].join(' ');
  return clauses.map((clause, at) => (at === 0 ? clause.replace('+', '=') : clause)).join(' ');
};

/** Undefined for a text that says nothing of the kind. */
export const readSets = (text: string): SettableSets | undefined => {
  let sets: SettableSets = { effective: 0, permitted: 0, inheritable: 0 };
  for (const clause of text.split(/\s+/).filter((word) => word !== '')) {
    const [, names = '', actions = ''] = /^([^=+-]*)((?:[=+-][eip]*)+)$/i.exec(clause) ?? [];
    const meant = namedSet(names, actions);
    if (meant === undefined) return undefined;
    for (const [, operator = '', letters = ''] of actions.matchAll(/([=+-])([eip]*)/gi)) {
      if (operator !== '=' && letters === '') return undefined;
      sets = changed(sets, meant, operator, letters.toLowerCase());
    }
  }
  return text.trim() === '' ? undefined : sets;
};

/** Without names it is all that are meant, and then the first action is `=`. */
const namedSet = (names: string, actions: string): CapabilitySet | undefined => {
  if (names === '') return actions.startsWith('=') ? ALL_CAPABILITIES : undefined;
  if (names.toLowerCase() === 'all') return ALL_CAPABILITIES;
  const plain = names.split(',').map((name) => /^cap_(.*)$/i.exec(name)?.[1]?.toLowerCase() ?? '');
  return capabilitySet(plain);
};

const changed = (
  sets: SettableSets,
  meant: CapabilitySet,
  operator: string,
  letters: string,
): SettableSets => {
  const next = { ...sets };
  if (operator === '=') for (const kind of KINDS) next[kind] = difference(next[kind], meant);
  for (const letter of letters) {
    const kind = LETTERS[letter] as Kind;
    next[kind] = operator === '-' ? difference(next[kind], meant) : union(next[kind], meant);
  }
  return next;
};
