// Users and groups: /etc/passwd and /etc/group of the root that the process sees (passwd(5), group(5)).

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { joinBytes, toText } from './text.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** Each file is read when somebody asks for the first time, as a program without a question opens neither. */
export class Accounts {
  readonly process: Process;
  #users: readonly User[] | undefined;
  #groups: readonly Group[] | undefined;

  constructor(process: Process) {
    this.process = process;
  }

  get users(): readonly User[] {
    this.#users ??= records(this.process, '/etc/passwd').flatMap(([name, , uid, gid, , home, shell]) =>
      name && uid && gid
        ? [{ name, uid: Number(uid), gid: Number(gid), home: home ?? '/', shell: shell || '/bin/sh' }]
        : [],
    );
    return this.#users;
  }

  get groups(): readonly Group[] {
    this.#groups ??= records(this.process, '/etc/group').flatMap(([name, , gid, members]) =>
      name && gid ? [{ name, gid: Number(gid), members: members ? members.split(',') : [] }] : [],
    );
    return this.#groups;
  }

  user(name: string): User | undefined {
    return this.users.find((user) => user.name === name);
  }

  userOf(uid: number): User | undefined {
    return this.users.find((user) => user.uid === uid);
  }

  group(name: string): Group | undefined {
    return this.groups.find((group) => group.name === name);
  }

  groupOf(gid: number): Group | undefined {
    return this.groups.find((group) => group.gid === gid);
  }

  /** The name, or the number where nobody has it. */
  userName(uid: number): string {
    return this.userOf(uid)?.name ?? String(uid);
  }

  groupName(gid: number): string {
    return this.groupOf(gid)?.name ?? String(gid);
  }

  /** All groups a user logs in with: the own one first. */
  groupsOf(user: User): number[] {
    const others = this.groups.filter(({ gid, members }) => gid !== user.gid && members.includes(user.name));
    return [user.gid, ...others.map(({ gid }) => gid)];
  }

  /** The uid of a name or a number; undefined when there is no such user. */
  uid(text: string): number | undefined {
    return this.user(text)?.uid ?? idNumber(text);
  }

  gid(text: string): number | undefined {
    return this.group(text)?.gid ?? idNumber(text);
  }
}

const idNumber = (text: string): number | undefined =>
  /^\+?\d+$/.test(text) && Number(text) < 2 ** 32 - 1 ? Number(text) : undefined;

const records = (process: Process, path: string): string[][] => {
  try {
    return readText(process, path)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(':'));
  } catch (error) {
    if (isFsError(error)) return [];
    throw error;
  }
};

/** The whole text of a regular file. Throws FsError. */
export const readText = (process: Process, path: string): string => {
  const fd = process.open(path, O.RDONLY | O.CLOEXEC);
  try {
    // Files of /proc say that they are empty: only reading tells.
    const parts: Uint8Array[] = [];
    for (let at = 0; ; ) {
      const chunk = process.pread(fd, 65_536, at);
      if (chunk.length === 0) break;
      parts.push(chunk);
      at += chunk.length;
    }
    return parts.length === 0 ? '' : toText(joinBytes(parts));
  } finally {
    process.close(fd);
  }
};
