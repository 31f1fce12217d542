// The door of the shell: what scenarios and the screen may import, and the only file of the shell they may.

import { isIncomplete, parse } from './interp/syntax.ts';

export type { TraceEvent } from './fs/trace.ts';

/** Whether an interactive shell would ask for more lines of this command. */
export const isUnfinished = (command: string): boolean => isIncomplete(parse(command));
