// Names of users and groups as the host knows them: dockerd writes them into the headers of every tar it makes.

import type { Process } from '../../fs/process.ts';
import { readText } from '../files.ts';

export interface OwnerNames {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

export const ownerNames = (process: Process): OwnerNames => ({
  users: namesById(readText(process, '/etc/passwd')),
  groups: namesById(readText(process, '/etc/group')),
});

const namesById = (text: string | undefined): Map<number, string> => {
  const names = new Map<number, string>([[0, 'root']]);
  for (const line of (text ?? '').split('\n')) {
    const [name, , id] = line.split(':');
    if (name !== undefined && id !== undefined && !names.has(Number(id))) names.set(Number(id), name);
  }
  return names;
};
