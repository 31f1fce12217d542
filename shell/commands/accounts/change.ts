// What the account programs share: opening the files they change, their complaints, and committing.

import { strerror } from '../../fs/errno.ts';
import type { Output } from '../output.ts';
import { AccountDatabase, type AccountFile, type FileName } from './database.ts';

/** An end with a complaint: the exit status and, unless it has been said, the message. */
export class Failure {
  readonly status: number;
  readonly message: string | undefined;

  constructor(status: number, message?: string) {
    this.status = status;
    this.message = message;
  }
}

const CANNOT_LOCK = 1;
const CANNOT_LOCK_GROUP = 10;

/** Runs `work` on the opened files, then writes what it changed; answers the exit status. */
export const change = async (
  out: Output,
  names: readonly FileName[],
  work: (files: (name: FileName) => AccountFile | undefined) => Failure | undefined,
): Promise<number> => {
  const database = new AccountDatabase(out.process);
  try {
    const refused = database.open(...names);
    if (refused !== undefined) {
      if (refused.problem === 'lock') {
        await out.warn(`${strerror(refused.error.code)}.`);
        await out.warn(`cannot lock ${refused.path}; try again later.`);
      } else await out.warn(`cannot open ${refused.path}`);
      return names[0] === 'passwd' ? CANNOT_LOCK : CANNOT_LOCK_GROUP;
    }
    const failed = work((name) => database.file(name));
    if (failed !== undefined) {
      if (failed.message !== undefined) await out.warn(failed.message);
      return failed.status;
    }
    await database.commit();
    return 0;
  } finally {
    database.close();
  }
};

const MEMBERS = 3;

export const membersOf = (row: readonly string[] | undefined): string[] =>
  row?.[MEMBERS] ? row[MEMBERS].split(',') : [];

/** Puts a user into a group, or takes them out, in group and gshadow alike. */
export const setMember = (
  files: (name: FileName) => AccountFile | undefined,
  group: string,
  user: string,
  member: boolean,
): void => {
  for (const name of ['group', 'gshadow'] as const) {
    const row = files(name)?.row(group);
    const others = membersOf(row).filter((other) => other !== user);
    if (membersOf(row).includes(user) === member) continue;
    files(name)?.set(group, MEMBERS, (member ? [...others, user] : others).join(','));
  }
};
