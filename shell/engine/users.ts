// Which user a process of a container runs as: `user[:group]` by name or number, looked up in the container's own files.

import type { Process } from '../fs/process.ts';
import { refuse } from './engine-error.ts';
import { readText } from './files.ts';

export interface ExecUser {
  uid: number;
  gid: number;
  groups: number[];
  home: string;
}

/** `more`: further groups (--group-add). Throws no-such-user, no-such-group. Numbers need no entry. */
export const findUser = (inside: Process, spec: string, more: readonly string[] = []): ExecUser => {
  const [user = '', group] = spec.split(':');
  const users = lines(inside, '/etc/passwd');
  const groups = lines(inside, '/etc/group');
  const entry = users.find(([name, , id]) =>
    user === '' ? id === '0' : name === user || (isNumber(user) && id === user),
  );
  if (entry === undefined && user !== '' && !isNumber(user)) refuse('no-such-user', user);
  const uid = entry === undefined ? Number(user || 0) : Number(entry[2]);
  const primary = entry === undefined ? 0 : Number(entry[3]);
  const gid = group === undefined || group === '' ? primary : findGroup(groups, group);
  const name = entry?.[0];
  const extra =
    group !== undefined || name === undefined
      ? []
      : groups.filter((fields) => (fields[3] ?? '').split(',').includes(name));
  return {
    uid,
    gid,
    groups: [
      ...new Set([
        gid,
        ...extra.map((fields) => Number(fields[2])),
        ...more.map((name) => findGroup(groups, name)),
      ]),
    ],
    home: entry?.[5] || '/',
  };
};

const findGroup = (groups: readonly string[][], group: string): number => {
  const entry = groups.find(([name, , id]) => name === group || id === group);
  if (entry !== undefined) return Number(entry[2]);
  return isNumber(group) ? Number(group) : refuse('no-such-group', group);
};

const isNumber = (text: string): boolean => /^\d+$/.test(text);

const lines = (inside: Process, path: string): string[][] =>
  (readText(inside, path) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
