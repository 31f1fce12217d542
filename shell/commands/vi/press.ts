// One key: the state of vi before it → the state after it.

import { typeWith } from './again.ts';
import { applyCommand } from './apply.ts';
import { pressCommandLine } from './command-line.ts';
import { pressConfirm } from './confirm.ts';
import { pressInsert } from './insert.ts';
import { parseCommand, searchStart } from './parse.ts';
import { registerText } from './register.ts';
import { failure, isVisual, type Vi } from './state.ts';
import { remember } from './undo.ts';

export const pressKey = (before: Vi, key: string): Vi => {
  const recorded = before.recording
    ? { ...before, recording: { ...before.recording, keys: [...before.recording.keys, key] } }
    : before;
  return step({ ...recorded, failed: false, request: undefined }, key, 0);
};

/** As typed by hand: a new key takes the message away. */
export const press = (vi: Vi, key: string): Vi =>
  pressKey({ ...vi, message: { text: '', error: false } }, key);

const step = (before: Vi, key: string, depth: number): Vi => {
  const vi = { ...before, typed: [...before.typed, key] };
  if (vi.mode === 'insert' || vi.mode === 'replace') return settle(pressInsert(vi, key));
  // What a command line does is not for `.` to repeat.
  const colon = [':'];
  if (vi.mode === 'command') return settle(pressCommandLine({ ...vi, typed: colon }, key));
  if (vi.mode === 'confirm') return settle(pressConfirm({ ...vi, typed: colon }, key));
  return pressNormal(vi, key, depth);
};

const pressNormal = (vi: Vi, key: string, depth: number): Vi => {
  const pending = edited(vi, key);
  if (pending.length === 0) return settle({ ...vi, pending });
  const parsed = parseCommand(pending, { visual: isVisual(vi), recording: vi.recording !== undefined });
  if (parsed === 'incomplete') return { ...vi, pending };
  const ready = { ...vi, pending: [] };
  if (parsed === 'invalid') return settle(key === '\x1b' || key === '\x03' ? ready : failure(ready));
  if (parsed.name === '.') return repeat(ready, parsed.count, depth);
  if (parsed.name === '@') return playMacro(ready, parsed.argument, parsed.count ?? 1, depth);
  if (parsed.name === 'q') return settle(record(ready, parsed.argument));
  return settle(applyCommand(ready, parsed));
};

/** Pending keys with one more; a search that is being typed can be edited. */
const edited = (vi: Vi, key: string): readonly string[] => {
  const start = searchStart(vi.pending, isVisual(vi));
  if (start < 0 || vi.pending.length === 0) return [...vi.pending, key];
  if (key === '\x7f' || key === '\x08') {
    const rest = vi.pending.slice(0, -1);
    return rest.length <= start ? [] : rest;
  }
  if (key === '\x15') return vi.pending.slice(0, start + 1);
  return [...vi.pending, key];
};

/** Where no command is under way: what changed becomes one step of undo and what `.` repeats. */
const settle = (vi: Vi): Vi => {
  if (vi.mode !== 'normal' || vi.pending.length > 0) return vi;
  const [first] = vi.typed;
  const isHistory = /^[0-9]*[u\x12]$/.test(vi.typed.join(''));
  const changed = vi.lines !== vi.rest.lines;
  const kept = changed && !isHistory ? remember(vi) : vi;
  const repeatable = changed && !isHistory && first !== ':';
  return {
    ...kept,
    typed: [],
    rest: { lines: kept.lines, cursor: kept.cursor },
    lastChange: repeatable ? vi.typed : vi.lastChange,
  };
};

const repeat = (vi: Vi, count: number | undefined, depth: number): Vi => {
  if (vi.lastChange.length === 0 || depth > DEPTH) return settle(failure(vi));
  const keys = count === undefined ? vi.lastChange : withCount(vi.lastChange, count);
  let now: Vi = { ...vi, typed: [] };
  for (const key of keys) now = step(now, key, depth + 1);
  return now;
};

/** A count before `.` takes the place of the one the change had. */
const withCount = (keys: readonly string[], count: number): readonly string[] => {
  const start = keys[0] === '"' ? 2 : 0;
  let end = start;
  while (/^[0-9]$/.test(keys[end] ?? '') && (end > start || keys[end] !== '0')) end++;
  return [...keys.slice(0, start), ...String(count), ...keys.slice(end)];
};

const record = (vi: Vi, register: string): Vi => {
  if (vi.recording === undefined) return { ...vi, recording: { register, keys: [] } };
  const text = vi.recording.keys.slice(0, -1).join('');
  const value = { lines: text.split('\n'), linewise: false };
  return { ...vi, recording: undefined, registers: { ...vi.registers, [vi.recording.register]: value } };
};

const DEPTH = 20;

const playMacro = (vi: Vi, name: string, count: number, depth: number): Vi => {
  const register = name === '@' ? vi.lastMacro : name;
  const value = vi.registers[register];
  if (value === undefined || depth > DEPTH) return settle(failure(vi));
  const keys = [...registerText(value)];
  let now: Vi = { ...vi, typed: [], lastMacro: register };
  for (let n = 0; n < count && !now.failed; n++) {
    for (const key of keys) {
      now = step({ ...now, failed: false }, key, depth + 1);
      if (now.failed || now.request !== undefined) break;
    }
  }
  return now;
};

// `:normal` types keys too.
typeWith((vi, key) => step({ ...vi, failed: false }, key, 1));
