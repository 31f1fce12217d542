// The transcripts of a real engine with overlay2, command by command.

import { testReplays } from './replay-transcript.ts';
import { replays } from './transcript-labs.ts';

testReplays(replays);
