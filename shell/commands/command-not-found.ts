// command-not-found: what an unknown command may have meant. bash asks it through command_not_found_handle.

import { loading } from '../fs/loading.ts';
import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH } from './find-program.ts';
import { nearNames } from './near-names.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { missingOperand } from './usage-error.ts';

/** With more than this, a list helps nobody. */
const MOST = 15;

export const commandNotFound: Command = {
  name: 'command-not-found',
  help: `Usage: command-not-found NAME
Say which programs have names near to NAME, which is none.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, commandNotFound, argv, {}, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [name] = parsed.operands;
    if (name === undefined) return missingOperand(out, commandNotFound, []);
    await out.errorText(advice(name, nearNames(name, await programNames(process))));
    return 127;
  },
};

const advice = (name: string, near: readonly string[]): string => {
  const listed = near.length === 0 || near.length > MOST;
  const found = listed
    ? `${name}: command not found\n`
    : `Command '${name}' not found, did you mean:\n${near.map((word) => `  command '${word}'\n`).join('')}`;
  return `${found}'help cowsh' lists the programs of this machine.\n`;
};

/** The programs along PATH that do something here. */
const programNames = async (process: Process): Promise<string[]> => {
  const { commandNames } = await loading(import('./index.ts'));
  const able = new Set(['bash', 'sh', 'dash', ...commandNames()]);
  const directories = (process.env.get('PATH') ?? DEFAULT_PATH).split(':');
  const names = directories.flatMap((directory) =>
    process.tryStat(directory)?.kind === 'directory'
      ? process.readdir(directory).map((entry) => entry.name)
      : [],
  );
  return [...new Set(names)].filter((name) => able.has(name));
};
