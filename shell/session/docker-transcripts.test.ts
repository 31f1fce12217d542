import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { parseTranscript, type TranscriptStep } from './transcript.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/reference/docker');
const required = process.env.COWSH_ORACLES === '1';

interface Replay {
  readonly file: string;
  readonly setup: string;
  readonly cwd?: string;
  /** Steps that need what cowsh has not: the reason why. */
  readonly skips?: readonly (readonly [RegExp, string])[];
  /** At least so many steps have to be compared. */
  readonly least: number;
}

const readme = `mkdir -p /lab/readme; printf '%s\\n' 'FROM ubuntu:20.04' 'RUN echo "This is the original file in the base image." > /base_file.txt' > /lab/readme/Dockerfile`;
