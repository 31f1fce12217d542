// Words that may stand on a program's command line: what Tab asks the programs for.

import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';

/** The words that may follow the operands `before`; undefined where a path may. Whoever asks narrows them down. */
export type OperandWords = (process: Process, before: readonly string[]) => readonly string[] | undefined;

/** A verb, then what the verb takes. */
export const verbThen =
  (
    verbs: () => readonly string[],
    after: (process: Process, verb: string) => readonly string[] | undefined,
  ): OperandWords =>
  (process, [verb]) =>
    verb === undefined ? verbs() : after(process, verb);

const userNames = (process: Process): string[] => new Accounts(process).users.map(({ name }) => name);
const groupNames = (process: Process): string[] => new Accounts(process).groups.map(({ name }) => name);

/** Accounts, in every place. */
export const users: OperandWords = userNames;

/** An account, then paths. */
export const userThenPaths: OperandWords = (process, { length }) =>
  length === 0 ? userNames(process) : undefined;

/** A group, then paths. */
export const groupThenPaths: OperandWords = (process, { length }) =>
  length === 0 ? groupNames(process) : undefined;
