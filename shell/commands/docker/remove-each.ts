// Removing one after the other, for rm and rmi.

import { isEngineError } from '../../engine/engine-error.ts';
import { type Docker, refusalOf } from './docker-command.ts';

/** With force, what is not there is told at once and counts as removed. */
export const removeEach = async (
  docker: Docker,
  names: readonly string[],
  force: boolean,
  remove: (name: string) => void | Promise<void>,
): Promise<number> => {
  const refusals: string[] = [];
  for (const name of names) {
    try {
      await remove(name);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      if (force && isEngineError(error) && error.kind === 'not-found') await docker.complain(refusal.message);
      else refusals.push(refusal.message);
    }
  }
  for (const message of refusals) await docker.complain(message);
  return refusals.length > 0 ? 1 : 0;
};
