// Signals: their numbers and what they do to a process that has not said otherwise (signal(7)).

export const signals = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
} as const;

export type Signal = keyof typeof signals;

type DefaultAction = 'terminate' | 'ignore' | 'stop' | 'continue';

const exceptions: Partial<Record<Signal, DefaultAction>> = {
  SIGCHLD: 'ignore',
  SIGWINCH: 'ignore',
  SIGURG: 'ignore',
  SIGCONT: 'continue',
  SIGSTOP: 'stop',
  SIGTSTP: 'stop',
  SIGTTIN: 'stop',
  SIGTTOU: 'stop',
};

export const defaultAction = (signal: Signal): DefaultAction => exceptions[signal] ?? 'terminate';

/** Thrown out of a process's calls when a signal ends it; only the kernel catches it. */
export class Killed extends Error {
  readonly signal: Signal;

  constructor(signal: Signal) {
    super(`killed by ${signal}`);
    this.signal = signal;
  }
}

/** Thrown out of a process's calls when it exits from within: `process.exit(code)`. */
export class Exited extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export interface ExitStatus {
  readonly code: number;
  readonly signal?: Signal;
}

/** The status as a shell shows it: 128 + n for a signal. */
export const shellStatus = (status: ExitStatus): number =>
  status.signal === undefined ? status.code : 128 + signals[status.signal];
