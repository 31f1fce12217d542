// Transcripts of a real engine: `$ command`, what it printed, `[rc=N]` when that was not 0.

export interface TranscriptStep {
  readonly command: string;
  readonly output: string;
  readonly status: number;
  /** The heading above it. */
  readonly section: string;
}

export const parseTranscript = (text: string): TranscriptStep[] => {
  const steps: TranscriptStep[] = [];
  let section = '';
  let lines: string[] | undefined;
  let command = '';
  const finish = (): void => {
    if (lines) steps.push(stepOf(command, lines, section));
    lines = undefined;
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) {
      finish();
      command = line.slice(2);
      lines = [];
    } else if (/^(##|==)/.test(line)) {
      finish();
      if (line.startsWith('#')) section = line.replace(/^#+ */, '');
    } else {
      lines?.push(line);
    }
  }
  finish();
  return steps;
};

const stepOf = (command: string, lines: readonly string[], section: string): TranscriptStep => {
  const kept = [...lines];
  while (kept.at(-1) === '') kept.pop();
  const status = /^\[rc=(\d+)\]$/.exec(kept.at(-1) ?? '')?.[1];
  if (status !== undefined) kept.pop();
  return { command, output: kept.map((line) => `${line}\n`).join(''), status: Number(status ?? 0), section };
};
