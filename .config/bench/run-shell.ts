// Runs one row of the shell's benchmark in one simulated shell, `run-shell.ts SIDE ROW`, and prints its CPU seconds.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { encodeName } from '../../shell/fs/name.ts';
import { O } from '../../shell/fs/open-flags.ts';
import { createMachine } from '../../shell/machine/machine.ts';
import { peersHome } from './peers.ts';
import { filesOf, type Row, rows } from './shell-rows.ts';

const [side = 'cowsh', at = '0'] = process.argv.slice(2);
const row = rows[Number(at)] as Row;

type Run = (script: string) => Promise<string>;

const inCowsh = async (): Promise<Run> => {
  const { init } = createMachine();
  init.mkdir('/bench');
  if (row.needs !== undefined)
    for (const [path, text] of filesOf(row.needs)) {
      if (text === undefined) {
        init.mkdir(`/bench/${path}`);
        continue;
      }
      const fd = init.open(`/bench/${path}`, O.WRONLY | O.CREAT, 0o644);
      await init.write(fd, encodeName(text));
      init.close(fd);
    }
  return async (script) => {
    const [reader, writer] = init.pipe();
    const child = init.spawn('/bin/bash', ['bash', '-c', script], {
      cwd: '/bench',
      fds: { 0: reader, 1: writer, 2: writer },
    });
    init.close(writer);
    const output: string[] = [];
    for (;;) {
      const bytes = await init.read(reader, 65_536);
      if (bytes.length === 0) break;
      output.push(Buffer.from(bytes).toString());
    }
    const { code } = await child.exited;
    return `${code} ${output.join('')}`;
  };
};

interface JustBash {
  exec(script: string): Promise<{ stdout: string; stderr: string; exitCode: number }>;
}

const MANY = 1e9;
/** It counts what a script does and stops it: here it may go on. */
const LIMITS = {
  maxCommandCount: MANY,
  maxLoopIterations: MANY,
  maxCallDepth: 1e4,
  maxStringLength: MANY,
  maxOutputSize: MANY,
};

const inJustBash = async (): Promise<Run> => {
  const { Bash } = (await import(
    pathToFileURL(createRequire(`${peersHome}index.js`).resolve('just-bash')).href
  )) as { Bash: new (options: object) => JustBash };
  const files: Record<string, string> = {};
  if (row.needs !== undefined)
    for (const [path, text] of filesOf(row.needs)) if (text !== undefined) files[`/bench/${path}`] = text;
  const bash = new Bash({ files, cwd: '/bench', executionLimits: LIMITS });
  return async (script) => {
    const { stdout, stderr, exitCode } = await bash.exec(script);
    return `${exitCode} ${stdout}${stderr}`;
  };
};

/** Loads what the rows use, on either side: that is start-up, which has a benchmark of its own. */
const WARM =
  'i=0; while [ $i -lt 20 ]; do x=$(echo $i); echo $i | cat > /dev/null; echo $i >> warm; i=$((i+1)); done; ' +
  'find warm | wc -l; du -s warm; grep -r 1 warm; sort warm | tail -n 1; head -c 100 /dev/zero | wc -c; rm warm';

const run = await (side === 'cowsh' ? inCowsh() : inJustBash());
await run(WARM);
const start = process.cpuUsage();
const answer = await run(row.script);
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ seconds: (user + system) / 1e6, answer: answer.slice(0, 200) }));
process.exit(0);
