// help: what there is to run, and where to begin. cowsh's own.

import { loading } from '../fs/loading.ts';
import type { Command } from './command.ts';
import { summary } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { columnsOf } from './terminal.ts';

const INTRODUCTION = `This is cowsh: a Linux host with Docker that exists only here. Nothing you do
leaves it, and everything in it can be looked at: the layers of images and
containers are plain directories below /var/lib/docker/overlay2.

To begin with:
  sudo docker run -it ubuntu:20.04 bash     a container, and a shell in it
  sudo docker build -t mine .               an image from a Dockerfile
  sudo docker diff CONTAINER                what a container has changed
  sudo ls /var/lib/docker/overlay2          where the layers lie
  mount -t overlay                          the unions that are mounted now

Programs (NAME --help tells more):
`;

export const help: Command = {
  name: 'help',
  help: `Usage: help [cowsh | NAME]
Show what there is to run here, or the help of the program NAME.

In bash \`help\` is a builtin that tells about the shell; it hands \`help cowsh\`
to this program.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, help, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const { commandNames, loadCommand } = await loading(import('./index.ts'));
    const [name] = parsed.operands;
    if (name !== undefined && name !== 'cowsh') {
      const command = await loadCommand(name);
      if (command) out.text(command.help);
      else await out.warn(`there is no program '${name}' here`);
      return out.end();
    }
    out.text(INTRODUCTION);
    const width = columnsOf(process, 1);
    const path = process.env.get('PATH') ?? DEFAULT_PATH;
    for (const word of commandNames().sort()) {
      // Only what this very machine or container has is worth a line.
      if (findProgram(process, word, path) === undefined) continue;
      const command = await loadCommand(word);
      if (command) out.line(shortened(`  ${word.padEnd(12)} ${summary(command)}`, width));
    }
    return out.end();
  },
};

/** Cut at a word where the line is too long. */
const shortened = (line: string, width: number): string =>
  line.length < width ? line : `${line.slice(0, width - 2).replace(/\s+\S*$/, '')} …`;
