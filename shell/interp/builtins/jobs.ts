// jobs, wait, fg, bg, disown
import type { Child } from '../../fs/process.ts';
import { shellStatus } from '../../fs/signal.ts';
import { interruptible, waitForeground } from '../foreground.ts';
import { type Job, jobLine } from '../jobs.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, refuse, splitOptions } from './builtin.ts';

const pidOf =
  (shell: Shell) =>
  (child: Child): number =>
    shell.pidOf(child.process);

export const jobs: Builtin = {
  run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'lnprs');
    const listed =
      operands.length === 0
        ? shell.jobs.list()
        : operands.flatMap((spec) => shell.jobs.find(spec, pidOf(shell)) ?? []);
    const lines = listed.map((job) => {
      const pid = shell.pidOf((job.children[0] as Child).process);
      return options.includes('p')
        ? String(pid)
        : jobLine(job, shell.jobs.mark(job), options.includes('l') ? pid : undefined);
    });
    return chain(print(shell, 'jobs', lines.map((line) => `${line}\n`).join('')), (status) => {
      for (const job of listed) if (job.state === 'done') shell.jobs.remove(job);
      return status;
    });
  },
};

export const wait: Builtin = {
  async run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'nfp');
    if (options.includes('n')) return waitAny(shell);
    if (operands.length === 0) {
      for (const job of [...shell.jobs.list()]) {
        if ((await interruptible(job.exited, shell)) === undefined) return 130;
        forget(shell, job);
      }
      return 0;
    }
    let status = 0;
    for (const operand of operands) status = await waitOne(shell, operand);
    return status;
  },
};

// At the prompt, a job's end is told first.
function forget(shell: Shell, job: Job): void {
  if (!shell.interactive) shell.jobs.remove(job);
}

async function waitAny(shell: Shell): Promise<number> {
  const pending = shell.jobs.list();
  if (pending.length === 0) return 127;
  const first = await interruptible(
    Promise.race(pending.map((job) => job.exited.then((status) => ({ job, status })))),
    shell,
  );
  if (first === undefined) return 130;
  shell.jobs.remove(first.job);
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
  if (operand.startsWith('%')) return refuse(shell, 'wait', `${operand}: no such job`, 127);
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
    if (!shell.interactive) return refuse(shell, name, 'no job control');
    const spec =
      argv[1] === undefined ? '%+' : /^[%\d]/.test(argv[1]) && !/^\d/.test(argv[1]) ? argv[1] : `%${argv[1]}`;
    const job = shell.jobs.find(spec, pidOf(shell));
    if (job === undefined) return refuse(shell, name, `${argv[1] ?? 'current'}: no such job`);
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
  return print(shell, 'bg', `[${job.number}]${shell.jobs.mark(job)} ${job.text} &\n`);
}

export const disown: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'ahr');
    const chosen = options.includes('a')
      ? [...shell.jobs.list()]
      : (operands.length === 0 ? ['%+'] : operands).flatMap(
          (spec) => shell.jobs.find(spec, pidOf(shell)) ?? [],
        );
    for (const job of chosen) shell.jobs.remove(job);
    return chosen.length === 0 ? refuse(shell, 'disown', `${operands[0] ?? 'current'}: no such job`) : 0;
  },
};
