// Modes as chmod, mkdir -m and install -m take them: octal (`755`, `+2000`) or symbolic (`u+x,go=rX`).

interface ModeChange {
  readonly operator: '+' | '-' | '=';
  /** Bits the clause speaks about, before the umask. */
  readonly affected: number;
  readonly bits: number;
  /** Bits that count as mentioned: what a directory's set-ID bits need to be lost. */
  readonly mentioned: number;
  readonly copyFrom?: 'u' | 'g' | 'o';
  readonly conditionalExecute: boolean;
  readonly whoGiven: boolean;
}

export type ModeChanges = readonly ModeChange[];

const SET_IDS = 0o6000;
const WHO = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 } as const;
const PERMISSIONS = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 } as const;
const CLAUSE = /^([ugoa]*)((?:[-+=](?:[0-7]+|[ugo]|[rwxXst]*))+)$/;

/** The changes a mode operand asks for; undefined when it is no mode. */
export const parseMode = (text: string): ModeChanges | undefined => {
  if (/^[0-7]+$/.test(text)) return octalMode(text);
  const changes: ModeChange[] = [];
  for (const clause of text.split(',')) {
    const match = CLAUSE.exec(clause);
    if (!match) return undefined;
    const [, who = '', actions = ''] = match;
    for (const [, operator, perms = ''] of actions.matchAll(/([-+=])([0-7]+|[ugo]|[rwxXst]*)/g)) {
      const change = symbolicChange(who, operator as ModeChange['operator'], perms);
      if (!change) return undefined;
      changes.push(change);
    }
  }
  return changes;
};

const octalMode = (text: string): ModeChanges | undefined => {
  const bits = Number.parseInt(text, 8);
  if (bits > 0o7777) return undefined;
  // Fewer than five digits leave a directory's set-ID bits alone, unless they name them.
  const mentioned = text.length < 5 ? (bits & SET_IDS) | 0o1777 : 0o7777;
  return [{ operator: '=', affected: 0o7777, bits, mentioned, conditionalExecute: false, whoGiven: true }];
};

const symbolicChange = (
  who: string,
  operator: ModeChange['operator'],
  perms: string,
): ModeChange | undefined => {
  let affected = 0;
  for (const letter of who) affected |= WHO[letter as keyof typeof WHO];
  const base = { operator, affected: affected || 0o7777, whoGiven: who !== '', conditionalExecute: false };
  if (/^[0-7]/.test(perms)) {
    const bits = Number.parseInt(perms, 8);
    if (who !== '' || bits > 0o7777) return undefined;
    return { ...base, bits, mentioned: 0o7777, whoGiven: true };
  }
  const mentionedOf = (bits: number): number =>
    who === '' ? bits : operator === '=' ? affected & (bits | 0o777) : affected & bits;
  if (/^[ugo]$/.test(perms)) {
    return { ...base, bits: 0, mentioned: mentionedOf(0), copyFrom: perms as 'u' | 'g' | 'o' };
  }
  let bits = 0;
  for (const letter of perms) if (letter !== 'X') bits |= PERMISSIONS[letter as keyof typeof PERMISSIONS];
  return { ...base, bits, mentioned: mentionedOf(bits), conditionalExecute: perms.includes('X') };
};

/**
 * The permission bits (07777) that `changes` make of `mode`'s.
 * The umask holds for clauses that name nobody (`+x`).
 */
export const applyMode = (mode: number, changes: ModeChanges, umask: number, directory: boolean): number => {
  let bits = mode & 0o7777;
  for (const change of changes) {
    const omitted = directory ? SET_IDS & ~change.mentioned : 0;
    const value = clauseValue(bits, change, directory) & change.affected;
    const allowed = (change.whoGiven ? 0o7777 : ~umask) & ~omitted & value;
    if (change.operator === '+') bits |= allowed;
    else if (change.operator === '-') bits &= ~allowed;
    else bits = (bits & ((change.whoGiven ? ~change.affected : 0) | omitted)) | allowed;
  }
  return bits & 0o7777;
};

const clauseValue = (bits: number, change: ModeChange, directory: boolean): number => {
  if (change.copyFrom) {
    const triple = (bits >> { u: 6, g: 3, o: 0 }[change.copyFrom]) & 7;
    return (triple << 6) | (triple << 3) | triple;
  }
  const execute = change.conditionalExecute && (directory || (bits & 0o111) !== 0) ? 0o111 : 0;
  return change.bits | execute;
};
