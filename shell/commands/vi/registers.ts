// Registers: where deleted and yanked text goes, and where it comes back from.

import type { Register } from './register.ts';
import type { Vi } from './state.ts';

const BLACK_HOLE = '_';

/** Puts text into a register; a capital letter appends. The unnamed one shows the last. */
const set = (vi: Vi, name: string, value: Register): Vi => {
  const small = name.toLowerCase();
  const old = vi.registers[small];
  const stored = /[A-Z]/.test(name) && old ? joined(old, value) : value;
  return { ...vi, registers: { ...vi.registers, [small]: stored, '"': stored } };
};

const joined = (old: Register, added: Register): Register => {
  if (old.linewise || added.linewise) return { lines: [...old.lines, ...added.lines], linewise: true };
  const [first = '', ...rest] = added.lines;
  return { lines: [...old.lines.slice(0, -1), (old.lines.at(-1) ?? '') + first, ...rest], linewise: false };
};

export const yankInto = (vi: Vi, name: string | undefined, value: Register): Vi => {
  if (name === BLACK_HOLE) return vi;
  return set(vi, name === undefined || name === '"' ? '0' : name, value);
};

/** Deleted text: lines and what spans lines move the numbered registers on, less goes to `-`. */
export const deleteInto = (vi: Vi, name: string | undefined, value: Register, big = false): Vi => {
  if (name === BLACK_HOLE) return vi;
  if (name !== undefined && name !== '"') return set(vi, name, value);
  if (!value.linewise && value.lines.length < 2 && !big) return set(vi, '-', value);
  const shifted: Record<string, Register> = {};
  for (let n = 9; n > 1; n--) {
    const before = vi.registers[String(n - 1)];
    if (before) shifted[String(n)] = before;
  }
  return set({ ...vi, registers: { ...vi.registers, ...shifted } }, '1', value);
};

export const readRegister = (vi: Vi, name: string | undefined): Register | undefined => {
  if (name === '%') return { lines: [vi.file], linewise: false };
  if (name === '/') return { lines: [vi.pattern?.text ?? ''], linewise: false };
  if (name === ':') return { lines: [vi.history.at(-1) ?? ''], linewise: false };
  return vi.registers[(name ?? '"').toLowerCase()];
};
