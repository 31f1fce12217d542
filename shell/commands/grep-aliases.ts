// egrep, fgrep and zgrep: scripts around grep, which they start.

import { isFsError, strerror } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { grep } from './grep.ts';
import { WITH_VALUE } from './grep-options.ts';
import { helpAlone } from './help-alone.ts';
import { runProgram } from './run-program.ts';

const alias = (name: string, option: string): Command => {
  const command: Command = {
    name,
    help: grep.help.replaceAll(/^Usage: grep/gm, `Usage: ${name}`),
    usageStatus: 2,
    run: (process, argv) => {
      process.argv = ['grep', option, ...argv.slice(1)];
      return grep.run(process, process.argv);
    },
  };
  return command;
};

export const egrep = alias('egrep', '-E');
export const fgrep = alias('fgrep', '-F');

export const zgrep: Command = {
  name: 'zgrep',
  usageStatus: 2,
  help: `Usage: zgrep [OPTION]... [-e] PATTERN [FILE]...
Print the lines of compressed FILEs that match PATTERN.

The OPTIONs and the PATTERN are grep's; FILEs may be compressed or not.
Without a FILE, or where FILE is -, standard input is read.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const shown = await helpAlone(process, zgrep, argv);
    if (shown !== undefined) return shown;
    const { options, pattern, files } = splitWords(argv.slice(1));
    if (pattern === undefined) {
      await process.write(2, Buffer.from(`zgrep: missing pattern; try \`zgrep --help' for help\n`));
      return 2;
    }
    let status = 1;
    for (const file of files.length > 0 ? files : ['-']) {
      const label = file === '-' ? '(standard input)' : file;
      const names = files.length > 1 ? ['-H'] : [];
      const words = ['grep', ...names, `--label=${label}`, ...options, ...pattern, '-'];
      const one = await searchOne(process, file, words);
      if (one === 0 && status === 1) status = 0;
      else if (one > 1) status = one;
    }
    return status;
  },
};

const splitWords = (
  words: readonly string[],
): { options: string[]; pattern: string[] | undefined; files: string[] } => {
  const options: string[] = [];
  const files: string[] = [];
  let pattern: string[] | undefined;
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') files.push(...queue.splice(0));
    else if (!/^-./.test(word)) files.push(word);
    else {
      options.push(word);
      if (WITH_VALUE.test(word)) options.push(queue.shift() ?? '');
      if (/^-[a-zA-Z]*[ef]|^--(regexp|file)/.test(word)) pattern = [];
    }
  }
  if (pattern === undefined) {
    const first = files.shift();
    if (first !== undefined) pattern = ['-e', first];
  }
  return { options, pattern, files };
};

/** `gzip -cdfq FILE | grep ...` */
const searchOne = async (process: Process, file: string, words: readonly string[]): Promise<number> => {
  const [read, write] = process.pipe();
  process.setCloseOnExec(read, true);
  process.setCloseOnExec(write, true);
  try {
    const unzipping = runProgram(process, ['gzip', '-cdfq', '--', file], { fds: { 0: 0, 1: write, 2: 2 } });
    const searching = runProgram(process, words, { fds: { 0: read, 1: 1, 2: 2 } });
    process.close(write);
    process.close(read);
    const [unzipped, searched] = await Promise.all([unzipping, searching]);
    return unzipped === 1 ? 2 : searched;
  } catch (error) {
    if (!isFsError(error)) throw error;
    await process.write(2, Buffer.from(`zgrep: ${strerror(error.code)}\n`));
    return 2;
  }
};
