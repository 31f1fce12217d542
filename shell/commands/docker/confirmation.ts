// "Are you sure?": asked before anything is removed that was not named.

import { readAnswer } from '../input.ts';
import type { Docker } from './docker-command.ts';

export const forceFlag = { kind: 'bool', short: 'f', help: 'Do not ask' } as const;

/** True for y or yes. `warning` is what will happen. */
export const confirmed = async (docker: Docker, warning: string): Promise<boolean> => {
  docker.print(`WARNING! ${warning}\nAre you sure you want to continue? [y/N] `);
  await docker.out.flush();
  const answer = await readAnswer(docker.process);
  return answer !== undefined && /^(y|yes)$/i.test(answer.trim());
};
