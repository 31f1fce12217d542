// jobs, wait, fg, bg, disown
import type { Child } from '../../fs/child.ts';
import { shellStatus } from '../../fs/signal.ts';
import { assign } from '../assign.ts';
import { interruptible, waitForeground } from '../foreground.ts';
import { jobLine } from '../job-line.ts';
import type { Job } from '../jobs.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, badOption, noSuchJob, print, readFlags, refuse, splitOptions } from './builtin.ts';
import { command } from './type.ts';

const pidOf =
  (shell: Shell) =>
  (child: Child): number =>
    shell.pidOf(child.process);

export const jobs: Builtin = {
  run(shell, argv, redirected) {
    const flags = readFlags(shell, argv, 'lnprsx');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    if (given.has('x')) return command.run(shell, ['command', ...operands], redirected) as Maybe<number>;
    let status = 0;
    const listed: Job[] = [];
    return chain(
      inOrder(operands, (spec) => {
        const job = shell.jobs.find(spec, pidOf(shell));
        if (job !== undefined) listed.push(job);
        else {
          return chain(noSuchJob(shell, 'jobs', spec), (one) => {
            status = one;
          });
        }
      }),
      () => {
        const chosen = (operands.length === 0 ? [...shell.jobs.listed()] : listed).filter(
          ({ state }) => !(given.has('r') && state !== 'running') && !(given.has('s') && state !== 'stopped'),
        );
        return chain(print(shell, 'jobs', chosen.map((job) => lineOf(shell, job, given)).join('')), () => {
          for (const job of chosen) if (job.state === 'done') shell.jobs.remove(job);
          return status;
        });
      },
    );
  },
};

function lineOf(shell: Shell, job: Job, given: ReadonlyMap<string, string>): string {
  const pid = shell.pidOf((job.children[0] as Child).process);
  return given.has('p')
    ? `${pid}\n`
    : `${jobLine(shell.interactive || shell.interactiveParent || shell.dialect === 'bash' ? job : { ...job, text: '' }, shell.jobs.mark(job), shell.dialect, given.has('l') ? pid : undefined)}\n`;
}

export const wait: Builtin = {
  async run(shell, argv) {
    const flags = readFlags(shell, argv, shell.dialect === 'bash' ? 'nfp:' : 'n');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    const told = given.get('p');
    if (given.has('n')) return waitAny(shell, operands, told);
    if (operands.length === 0) {
      for (const job of [...shell.jobs.list()]) {
        if ((await interruptible(job.exited, shell)) === undefined) return 130;
        forget(shell, job);
      }
      return 0;
    }
    let status = 0;
    for (const operand of operands) {
      const job = shell.jobs.find(operand, pidOf(shell));
      if (told !== undefined && job !== undefined) assign(shell, told, String(lastPid(shell, job)));
      status = await waitOne(shell, operand);
    }
    return status;
  },
};

const lastPid = (shell: Shell, job: Job): number => shell.pidOf((job.children.at(-1) as Child).process);

// At the prompt, a job's end is told first.
function forget(shell: Shell, job: Job): void {
  if (!shell.interactive) shell.jobs.remove(job);
}

async function waitAny(shell: Shell, operands: readonly string[], told: string | undefined): Promise<number> {
  const pending =
    operands.length === 0
      ? shell.jobs.list()
      : operands.flatMap((operand) => shell.jobs.find(operand, pidOf(shell)) ?? []);
  if (pending.length === 0) return 127;
  const first = await interruptible(
    Promise.race(pending.map((job) => job.exited.then((status) => ({ job, status })))),
    shell,
  );
  if (first === undefined) return 130;
  shell.jobs.remove(first.job);
  if (told !== undefined) assign(shell, told, String(lastPid(shell, first.job)));
  return shellStatus(first.status);
}

async function waitOne(shell: Shell, operand: string): Promise<number> {
  const job = shell.jobs.find(operand, pidOf(shell));
  if (job !== undefined) {
    const status = await interruptible(job.exited, shell);
    if (status === undefined) return 130;
    forget(shell, job);
    shell.reaped.set(operand, shellStatus(status));
    return shellStatus(status);
  }
  const known = shell.reaped.get(operand);
  if (known !== undefined) return known;
  if (operand.startsWith('%')) return noSuchJob(shell, 'wait', operand, 127);
  if (!/^\d+$/.test(operand))
    return refuse(
      shell,
      'wait',
      shell.dialect === 'bash' ? `\`${operand}': not a pid or valid job spec` : `Illegal number: ${operand}`,
      shell.dialect === 'bash' ? 1 : 2,
    );
  return shell.dialect === 'bash'
    ? refuse(shell, 'wait', `pid ${operand} is not a child of this shell`, 127)
    : 127;
}

const resume = (name: 'fg' | 'bg'): Builtin => ({
  run(shell, argv) {
    if (!shell.interactive && (shell.dialect === 'bash' || argv[1] === undefined))
      return shell.dialect === 'bash'
        ? refuse(shell, name, 'no job control')
        : refuse(shell, name, 'No current job', 2);
    const spec =
      argv[1] === undefined ? '%+' : /^[%\d]/.test(argv[1]) && !/^\d/.test(argv[1]) ? argv[1] : `%${argv[1]}`;
    const job = shell.jobs.find(spec, pidOf(shell));
    if (job === undefined && argv[1] === undefined && shell.dialect !== 'bash')
      return refuse(shell, name, 'No current job', 2);
    if (job === undefined) return noSuchJob(shell, name, argv[1] ?? 'current');
    return name === 'fg' ? foreground(shell, job) : background(shell, job);
  },
});

export const fg = resume('fg');
export const bg = resume('bg');

async function foreground(shell: Shell, job: Job): Promise<number> {
  await print(shell, 'fg', `${job.text}\n`);
  job.state = 'running';
  const waiting = waitForeground(shell, job.children, () => job.text);
  for (const { process } of job.children) process.raise('SIGCONT');
  const status = await waiting;
  if (status.signal !== 'SIGTSTP') shell.jobs.remove(job);
  return shellStatus(status);
}

function background(shell: Shell, job: Job): Maybe<number> {
  job.told = false;
  job.state = 'running';
  for (const { process } of job.children) process.raise('SIGCONT');
  return print(
    shell,
    'bg',
    `[${job.number}]${shell.dialect === 'bash' ? shell.jobs.mark(job) : ''} ${job.text}${shell.dialect === 'bash' ? ' &' : ''}\n`,
  );
}

export const disown: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const { options, operands, bad } = splitOptions(argv.slice(1), 'ahr');
    if (bad !== undefined) return badOption(shell, 'disown', bad);
    const chosen = options.includes('a')
      ? [...shell.jobs.list()]
      : (operands.length === 0 ? ['%+'] : operands).flatMap(
          (spec) => shell.jobs.find(spec, pidOf(shell)) ?? [],
        );
    if (options.includes('a') && chosen.length === 0) return 0;
    // -h only keeps SIGHUP from them.
    if (!options.includes('h')) for (const job of chosen) shell.jobs.remove(job);
    return chosen.length === 0 ? refuse(shell, 'disown', `${operands[0] ?? 'current'}: no such job`) : 0;
  },
};
