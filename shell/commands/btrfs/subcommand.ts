// What a word of btrfs's command line runs; the exit status comes back.

import type { Output } from '../output.ts';

export type Subcommand = (out: Output, args: readonly string[]) => Promise<number>;
