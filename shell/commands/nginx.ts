// nginx: enough of the server to be a container's main process. It reads its configuration, makes its directories
// and its pid file, and waits for signals; nobody connects to it in the sandbox.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { signals } from '../fs/signal.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { readText } from './dpkg-database.ts';
import { findBraces, findDirective } from './nginx-config.ts';
import { Output } from './output.ts';
import { dirname } from './path-name.ts';
import { toBytes } from './text.ts';
import { formatTime } from './time-format.ts';

const ERRNO: Readonly<Record<string, number>> = { ENOENT: 2, EACCES: 13, EISDIR: 21, EROFS: 30 };

/** What the master makes below the cache directory when it starts. */
const TEMPORARY = ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp'];

export const nginx: Command = {
  name: 'nginx',
  help: `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix] [-c filename] [-g directives]
A web server that nobody can connect to here.

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, print it and exit
  -q            : say nothing but errors when testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -c filename   : take this configuration file
  -g directives : set global directives out of the configuration file
`,
  run: (process, argv) => runNginx(process, argv),
};

interface Given {
  readonly flags: ReadonlySet<string>;
  readonly config: string;
  readonly signal: string | undefined;
  readonly directives: string;
}

const readArguments = (argv: readonly string[]): Given | string => {
  const flags = new Set<string>();
  const values: Record<string, string> = {};
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] as string;
    if (!word.startsWith('-')) return `invalid option: "${word}"`;
    for (let letter = 1; letter < word.length; letter++) {
      const name = word[letter] as string;
      if ('?hvVtTq'.includes(name)) flags.add(name);
      else if ('spceg'.includes(name)) {
        const value = word.slice(letter + 1) || argv[++at];
        if (value === undefined)
          return `option "-${name}" requires ${name === 's' ? 'parameter' : 'a value'}`;
        values[name] = value;
        break;
      } else return `invalid option: "${name}"`;
    }
  }
  return { flags, config: values.c ?? '/etc/nginx/nginx.conf', signal: values.s, directives: values.g ?? '' };
};

const runNginx = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  const given = readArguments(argv);
  if (typeof given === 'string') {
    await out.errorText(`nginx: ${given}\n`);
    return 1;
  }
  const { flags } = given;
  if (flags.has('?') || flags.has('h')) return say(out, nginx.help, 0);
  if (flags.has('v') || flags.has('V')) return say(out, `nginx version: nginx/${versionOf(process)}\n`, 0);
  const config = readText(process, given.config);
  const problem = config === undefined ? cannotOpen(process, given.config) : findBraces(config, given.config);
  if (problem !== undefined) {
    const tail =
      flags.has('t') || flags.has('T') ? `nginx: configuration file ${given.config} test failed\n` : '';
    return say(out, `nginx: [emerg] ${problem}\n${tail}`, 1);
  }
  if (flags.has('t') || flags.has('T')) return report(out, given, config ?? '');
  const pidFile = findDirective(`${given.directives}\n${config}`, 'pid') ?? '/run/nginx.pid';
  if (given.signal !== undefined) return signalMaster(out, pidFile, given.signal);
  return serve(out, given, config ?? '', pidFile);
};

const say = async (out: Output, text: string, status: number): Promise<number> => {
  await out.errorText(text);
  return status;
};

const cannotOpen = (process: Process, path: string): string => {
  const code = attempt(() => process.close(process.open(path, O.RDONLY))).error;
  return `open() "${path}" failed (${ERRNO[code?.code ?? ''] ?? 5}: ${code?.message ?? 'Input/output error'})`;
};

/** The version that the package database knows: the image's own, or the distribution's. */
const versionOf = (process: Process): string => {
  const status = readText(process, '/var/lib/dpkg/status') ?? '';
  const dpkg = /^Package: nginx\n(?:.+\n)*?Version: (\d[\d.]*)/m.exec(status)?.[1];
  const apk = /^P:nginx\nV:(\d[\d.]*)/m.exec(readText(process, '/lib/apk/db/installed') ?? '')?.[1];
  return dpkg ?? apk ?? process.env.get('NGINX_VERSION') ?? '1.27.2';
};

const report = async (out: Output, given: Given, config: string): Promise<number> => {
  if (!given.flags.has('q')) {
    await out.errorText(
      `nginx: the configuration file ${given.config} syntax is ok\nnginx: configuration file ${given.config} test is successful\n`,
    );
  }
  if (given.flags.has('T')) out.text(`# configuration file ${given.config}:\n${config}`);
  return out.end();
};

const SIGNALS = { stop: 'SIGTERM', quit: 'SIGQUIT', reopen: 'SIGUSR1', reload: 'SIGHUP' } as const;

const signalMaster = async (out: Output, pidFile: string, name: string): Promise<number> => {
  const signal = SIGNALS[name as keyof typeof SIGNALS];
  if (signal === undefined) return say(out, `nginx: invalid option: "-s ${name}"\n`, 1);
  const text = readText(out.process, pidFile);
  if (text === undefined) return say(out, `nginx: [error] ${cannotOpen(out.process, pidFile)}\n`, 1);
  const { error } = attempt(() => out.process.kill(Number(text), signal));
  return error === undefined
    ? 0
    : say(out, `nginx: [alert] kill(${text.trim()}, ${signals[signal]}) failed (3: No such process)\n`, 1);
};

/** In the foreground with `daemon off;`, else in a process of its own that stays when this one ends. */
const serve = async (out: Output, given: Given, config: string, pidFile: string): Promise<number> => {
  const { process } = out;
  const foreground = findDirective(`${given.directives}\n${config}`, 'daemon') === 'off';
  const made = attempt(() => prepare(process, config, pidFile));
  if (made.error !== undefined) {
    const { code, message, path, call } = made.error;
    return say(out, `nginx: [emerg] ${call}() "${path}" failed (${ERRNO[code] ?? 5}: ${message})\n`, 1);
  }
  if (foreground) return master(process, config, pidFile);
  process.fork((child) => master(child, config, pidFile));
  return 0;
};

/** The directories and files that a master makes before it serves. */
const prepare = (process: Process, config: string, pidFile: string): void => {
  const cache = process.tryStat('/var/cache/nginx') === undefined ? '/var/lib/nginx' : '/var/cache/nginx';
  const owner = new Accounts(process).user(findDirective(config, 'user')?.split(' ')[0] ?? 'nobody');
  for (const name of process.tryStat(cache) === undefined ? [] : TEMPORARY) {
    const path = `${cache}/${name}`;
    if (process.tryStat(path) !== undefined) continue;
    process.mkdir(path, 0o700);
    if (owner !== undefined) process.chown(path, owner.uid, -1);
  }
  if (process.tryStat(dirname(pidFile)) === undefined) process.mkdir(dirname(pidFile), 0o755);
};

/** Its number as it sees it itself. */
const numberOf = ({ container, pid, nspid }: Process): number => (container === undefined ? pid : nspid);

const master = async (process: Process, config: string, pidFile: string): Promise<number> => {
  const fd = process.open(pidFile, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  await process.write(fd, toBytes(`${numberOf(process)}\n`));
  process.close(fd);
  const log = openLog(process, config);
  const note = async (text: string): Promise<void> => {
    if (log === undefined) return;
    const stamp = formatTime('%Y/%m/%d %H:%M:%S', process.kernel.clock.now());
    await process.write(
      log,
      toBytes(`${stamp} [notice] ${numberOf(process)}#${numberOf(process)}: ${text}\n`),
    );
  };
  await note('using the "epoll" event method');
  await note(`nginx/${versionOf(process)}`);
  await note('start worker processes');
  const signal = await nextEnd(process, note);
  await note(
    signal === 'SIGQUIT'
      ? `signal 3 (SIGQUIT) received, shutting down`
      : `signal 15 (SIGTERM) received, exiting`,
  );
  await note('exit');
  attempt(() => process.unlink(pidFile));
  return 0;
};

/** Notices go to the error log when its level lets them through. */
const openLog = (process: Process, config: string): number | undefined => {
  const [path = '/var/log/nginx/error.log', level = 'error'] =
    findDirective(config, 'error_log')?.split(/\s+/) ?? [];
  if (!/^(notice|info|debug)$/.test(level)) return undefined;
  if (path === 'stderr') return 2;
  return attempt(() => process.open(path, O.WRONLY | O.CREAT | O.APPEND, 0o644)).value;
};

/** Waits for the signal that ends the server; a reload is only noted. */
const nextEnd = async (
  process: Process,
  note: (text: string) => Promise<void>,
): Promise<'SIGQUIT' | 'SIGTERM'> => {
  const received: ('SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGHUP')[] = [];
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP'] as const) {
    process.onSignal(signal, () => received.push(signal));
  }
  for (;;) {
    const signal = received.shift();
    if (signal === 'SIGHUP') await note('signal 1 (SIGHUP) received, reconfiguring');
    else if (signal !== undefined) return signal === 'SIGQUIT' ? 'SIGQUIT' : 'SIGTERM';
    else await pause(process);
  }
};

/** pause(2): until a signal has been handled. */
const pause = async (process: Process): Promise<void> => {
  try {
    await process.block(() => () => {});
  } catch (error) {
    if (!isFsError(error, 'EINTR')) throw error;
  }
};
