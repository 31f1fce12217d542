// nginx: master and workers that start, keep their files, log and obey signals. No network: nobody is served.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { hostKernel } from '../images/host.ts';
import { Accounts, readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { checkNginx } from './nginx-conf.ts';
import { printHelp, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { toBytes } from './text.ts';
import { formatTime } from './time-format.ts';

const VERSION = 'nginx/1.27.1';
const CONF = '/etc/nginx/nginx.conf';
const PID_FILE = '/var/run/nginx.pid';
const CACHE = '/var/cache/nginx';
const SIGNALS = { stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' } as const;

export const nginx: Command = {
  name: 'nginx',
  help: `nginx version: ${VERSION}
Usage: nginx [-?hvVtTq] [-s signal] [-c filename] [-g directives]

Start the web server. It runs as it does elsewhere, but there is no network
here: nobody is served.

  -?,-h         : this help
  -v            : the version
  -t            : test the configuration and exit
  -T            : the same, and print it
  -q            : only errors while testing
  -s signal     : send a signal to the master: stop, quit, reopen, reload
  -c filename   : the configuration file (default: ${CONF})
  -g directives : more directives ('daemon off;')
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const value = { argument: 'required' } as const;
    const flags = { '?': {}, h: {}, v: {}, V: {}, t: {}, T: {}, q: {} };
    const scan = scanOptions(argv.slice(1), { ...flags, s: value, c: value, g: value, p: value, e: value });
    const has = (name: string): boolean => scan.options.some((option) => option.name === name);
    const valueOf = (name: string): string | undefined =>
      scan.options.find((option) => option.name === name)?.value;
    if (scan.problem !== undefined) {
      await out.errorText(`nginx: ${scan.problem.replace(/ -- '(.)'/, ': "$1"')}\n`);
      return 1;
    }
    if (has('h') || has('?')) return printHelp(out, nginx);
    if (has('v') || has('V')) {
      await out.errorText(`nginx version: ${VERSION}\n`);
      return 0;
    }
    const conf = valueOf('c') ?? CONF;
    const problem = checkNginx(process, conf);
    if (problem !== undefined) {
      await out.errorText(
        `${stamp(process)} [emerg] ${process.nspid}#${process.nspid}: ${problem}\nnginx: [emerg] ${problem}\n`,
      );
      if (has('t') || has('T')) await out.errorText(`nginx: configuration file ${conf} test failed\n`);
      return 1;
    }
    if (has('t') || has('T')) {
      if (!has('q'))
        await out.errorText(
          `nginx: the configuration file ${conf} syntax is ok\nnginx: configuration file ${conf} test is successful\n`,
        );
      if (has('T')) out.text(`# configuration file ${conf}:\n${readText(process, conf)}\n`);
      return out.end();
    }
    const signal = valueOf('s');
    if (signal !== undefined) return sendSignal(out, signal);
    process.argv = [`nginx: master process ${argv.join(' ')}`];
    const directives = `${valueOf('g') ?? ''} ${readText(process, conf)}`;
    if (/\bdaemon\s+off\s*;/.test(directives)) return serve(process);
    process.fork((daemon) => serve(daemon));
    return 0;
  },
};

const stamp = (process: Process): string => formatTime('%Y/%m/%d %H:%M:%S', process.kernel.clock.now());

const sendSignal = async (out: Output, word: string): Promise<number> => {
  const signal = SIGNALS[word as keyof typeof SIGNALS];
  if (signal === undefined) {
    await out.errorText(`nginx: invalid option: "-s ${word}"\n`);
    return 1;
  }
  const sent = attempt(() => out.process.kill(Number(readText(out.process, PID_FILE)), signal));
  if (!sent.error) return 0;
  const code = sent.error.code === 'ENOENT' ? '2: No such file or directory' : '3: No such process';
  const what =
    sent.error.code === 'ENOENT'
      ? `open() "${PID_FILE}" failed`
      : `kill(${readText(out.process, PID_FILE).trim()}, ${signal.slice(3)}) failed`;
  await out.errorText(`nginx: [${sent.error.code === 'ENOENT' ? 'error' : 'alert'}] ${what} (${code})\n`);
  return 1;
};

/** The master: makes its directories and pid file, starts workers, and waits for signals. */
const serve = async (process: Process): Promise<number> => {
  const log = await openLog(process);
  const worker = new Accounts(process).user('nginx') ?? new Accounts(process).user('www-data');
  if (process.tryStat(CACHE)) {
    for (const name of ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp']) {
      const made = attempt(() => process.mkdir(`${CACHE}/${name}`, 0o700));
      if (!made.error && worker) process.chown(`${CACHE}/${name}`, worker.uid, -1);
    }
  }
  attempt(() => {
    const fd = process.open(PID_FILE, O.RDWR | O.CREAT | O.TRUNC, 0o644);
    process.pwrite(fd, toBytes(`${process.nspid}\n`), 0);
    process.close(fd);
  });
  await log('using the "epoll" event method');
  await log(VERSION);
  await log(`OS: ${hostKernel.sysname} ${hostKernel.release}`);
  await log('start worker processes');
  const cred =
    worker === undefined ? process.cred : { uid: worker.uid, gid: worker.gid, groups: [worker.gid] };
  const workers = [1, 2].map(() => process.fork(work, { cred }));
  for (const child of workers) await log(`start worker process ${child.process.nspid}`);
  const signal = await untilTold(process, log);
  for (const child of workers) attempt(() => process.kernel.processes.get(child.pid)?.raise('SIGKILL'));
  await log(signal === 'SIGQUIT' ? 'gracefully shutting down' : 'exiting');
  attempt(() => process.unlink(PID_FILE));
  await log('exit');
  return 0;
};

const work = async (worker: Process): Promise<number> => {
  worker.argv = ['nginx: worker process'];
  await worker.sleep(Number.POSITIVE_INFINITY);
  return 0;
};

type Log = (text: string) => Promise<void>;

/** The error log of the configuration; in the official image it leads to standard error. */
const openLog = async (process: Process): Promise<Log> => {
  const opened = attempt(() =>
    process.open('/var/log/nginx/error.log', O.WRONLY | O.APPEND | O.CREAT, 0o644),
  );
  const fd = opened.value ?? 2;
  return async (text) => {
    await process.write(
      fd,
      toBytes(`${stamp(process)} [notice] ${process.nspid}#${process.nspid}: ${text}\n`),
    );
  };
};

const untilTold = async (process: Process, log: Log): Promise<'SIGQUIT' | 'SIGTERM' | 'SIGINT'> => {
  let told: 'SIGQUIT' | 'SIGTERM' | 'SIGINT' | 'SIGHUP' | undefined;
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.onSignal(signal, () => {
      told = signal;
    });
  }
  for (;;) {
    try {
      await process.sleep(Number.POSITIVE_INFINITY);
    } catch (error) {
      if (!isFsError(error, 'EINTR')) throw error;
    }
    const got = told;
    told = undefined;
    if (got === 'SIGHUP') await log('signal 1 (SIGHUP) received, reconfiguring');
    else if (got !== undefined) {
      const number = { SIGQUIT: 3, SIGTERM: 15, SIGINT: 2 }[got];
      await log(`signal ${number} (${got}) received, ${got === 'SIGQUIT' ? 'shutting down' : 'exiting'}`);
      return got;
    }
  }
};
