// dockerd in the foreground, with flags of its own. The host has one engine: the service's daemon makes room for this
// one, and comes back when it ends, as docker.socket would start it again.

import { serviceOf } from '../engine/connect.ts';
import { EngineError } from '../engine/engine-error.ts';
import { DOCKER_VERSION } from '../engine/image-config.ts';
import type { Service } from '../engine/service.ts';
import { DEFAULT_DRIVER, driverNames, driverNote } from '../engine/storage/driver-names.ts';
import { isFsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { type FlagTable, parseFlags } from './docker/flags.ts';
import { Output } from './output.ts';
import { formatTime } from './time-format.ts';

const flags = {
  'storage-driver': { kind: 'string', short: 's', help: 'How images and containers are kept' },
  version: { kind: 'bool', short: 'v', help: 'Print the version and quit' },
  // Those of the host's service: one socket, one home.
  containerd: { kind: 'string', help: '' },
  debug: { kind: 'bool', short: 'D', help: '' },
  host: { kind: 'list', short: 'H', help: '' },
} satisfies FlagTable;

export const dockerd: Command = {
  name: 'dockerd',
  help: `
Usage:	dockerd [OPTIONS]

Keeps images and runs containers, for docker to ask. Also reads /etc/docker/daemon.json.

Options:
      --help                    Print this text
  -s, --storage-driver string   How images and containers are kept: ${driverNames.join(', ')} (default ${DEFAULT_DRIVER})
  -v, --version                 Print the version and quit
`,
  run: (process, argv) => runDockerd(process, argv),
};

const runDockerd = async (process: Process, argv: readonly string[]): Promise<number> => {
  const out = new Output(process);
  const parsed = parseFlags(flags, argv.slice(1));
  if ('error' in parsed) return fail(out, `Status: ${parsed.error}\nSee 'dockerd --help'., Code: 125`, 125);
  if (parsed.wantsHelp || parsed.values.version) {
    out.text(parsed.wantsHelp ? dockerd.help : `Docker version ${DOCKER_VERSION}, build ${BUILD}\n`);
    return out.end();
  }
  const [extra] = parsed.args;
  if (extra !== undefined) return fail(out, `"dockerd" accepts no arguments.\nSee 'dockerd --help'.`);
  if (process.cred.uid !== 0) return fail(out, NEEDS_ROOT);
  const service = attempt(() => serviceOf(process)).value;
  if (service === undefined) return fail(out, 'failed to start daemon: no engine on this machine');
  return serve(out, service, parsed.values['storage-driver']);
};

/** As `docker version` names the client's. */
const BUILD = '5d6db84';
const NEEDS_ROOT =
  'dockerd needs to be started with root privileges. To run dockerd in rootless mode as an unprivileged user, see https://docs.docker.com/go/rootless/';

const fail = async (out: Output, text: string, status = 1): Promise<number> => {
  await out.errorText(`${text}\n`);
  return status;
};

const serve = async (out: Output, service: Service, storageDriver: string | undefined): Promise<number> => {
  const log = logger(out);
  await log('info', 'Starting up');
  if (service.running) await log('info', 'the daemon of docker.service stops to make room for this one');
  try {
    await service.restart(storageDriver === undefined ? {} : { storageDriver });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    bringBack(service);
    return fail(out, error.message);
  }
  const note = driverNote(service.driver);
  if (note !== undefined) await log('warning', note, `storage-driver=${service.driver}`);
  await log('info', 'Loading containers: start.');
  await log('info', 'Loading containers: done.');
  await log(
    'info',
    'Docker daemon',
    `commit=${BUILD} graphdriver(s)=${service.driver} version=${DOCKER_VERSION}`,
  );
  await log('info', 'Daemon has completed initialization');
  await log('info', 'API listen on /var/run/docker.sock');
  const signal = await nextEnd(out.process);
  await log('info', `Processing signal '${signal}'`);
  await service.stop();
  const why = bringBack(service);
  if (why !== undefined) await log('warning', `docker.service stays down: ${why}`);
  return 0;
};

/** The service starts with daemon.json alone; when it cannot, it stays down, and why is given back. */
const bringBack = (service: Service): string | undefined => {
  try {
    service.start();
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return error.message.replace('failed to start daemon: ', '');
  }
};

/** By their names on a terminal. */
const levels = { info: 'INFO', warning: 'WARN' } as const;

/** logrus: columns on a terminal, key=value elsewhere. */
const logger = (out: Output) => {
  const terminal = out.process.tty(2) !== undefined;
  return (level: keyof typeof levels, message: string, fields = ''): Promise<void> => {
    const time = formatTime('%Y-%m-%dT%H:%M:%S.%NZ', out.process.kernel.clock.now());
    const rest = fields === '' ? '' : ` ${fields}`;
    return out.errorText(
      terminal
        ? `${levels[level]}[${time}] ${message.padEnd(44)}${rest}\n`
        : `time="${time}" level=${level} msg="${message}"${rest}\n`,
    );
  };
};

const words = { SIGINT: 'interrupt', SIGTERM: 'terminated' } as const;

const nextEnd = async (process: Process): Promise<string> => {
  let received: string | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.onSignal(signal, () => {
      received ??= words[signal];
    });
  }
  while (received === undefined) await pause(process);
  return received;
};

/** pause(2): until a signal has been handled. */
const pause = async (process: Process): Promise<void> => {
  try {
    await process.block(() => () => {});
  } catch (error) {
    if (!isFsError(error, 'EINTR')) throw error;
  }
};
