// --detach-keys: `ctrl-p,ctrl-q`, `a`, `ctrl-a,d`.

import { failDocker } from './docker-command.ts';
import type { TextFlag } from './flags.ts';

export const detachKeysFlag = {
  kind: 'string',
  help: 'Keys that detach from the container',
  shownDefault: '"ctrl-p,ctrl-q"',
} as const satisfies TextFlag;

/** What a client says whom the daemon will not give the stream. */
export const NO_STREAM = 'unable to upgrade to tcp, received 400';

/** The bytes that are to be typed; undefined: the usual ones. Throws DockerError with `refusal`. */
export const readDetachKeys = (text: string | undefined, refusal = NO_STREAM): number[] | undefined => {
  if (text === undefined || text === '') return undefined;
  return text.split(',').map((key) => {
    const [, letter] = /^ctrl-([a-z@[\\\]^_])$/.exec(key) ?? [];
    if (letter !== undefined) return letter.toUpperCase().charCodeAt(0) & 0x1f;
    return key.length === 1 ? key.charCodeAt(0) : failDocker(refusal);
  });
};
