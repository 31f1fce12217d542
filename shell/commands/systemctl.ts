// systemctl and service: the host's service manager, as far as it has hold of one service, docker.

import { serviceOf } from '../engine/connect.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { Service } from '../engine/service.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { verbThen } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

type Verb = (out: Output, service: Service) => Promise<number>;

const UNIT = 'docker.service';
const INACTIVE = 3;
const NO_SUCH_UNIT = 5;

/** Verbs that change the state are root's. */
const changes: Readonly<Record<string, Verb>> = {
  start: (out, service) =>
    attempted(out, async () => {
      if (!service.running) service.start();
    }),
  stop: (out, service) => attempted(out, () => service.stop()),
  restart: (out, service) => attempted(out, () => service.restart()),
  'force-reload': (out, service) => attempted(out, () => service.restart()),
  enable: async () => 0,
};

const questions: Readonly<Record<string, Verb>> = {
  'is-active': async (out, { running }) => said(out, running ? 'active' : 'inactive', running ? 0 : INACTIVE),
  'is-enabled': (out) => said(out, 'enabled', 0),
  status: (out, { running }) =>
    said(
      out,
      [
        `${running ? '●' : '○'} ${UNIT} - Docker Application Container Engine`,
        '     Loaded: loaded (/usr/lib/systemd/system/docker.service; enabled; preset: enabled)',
        `     Active: ${running ? 'active (running)' : 'inactive (dead)'}`,
      ].join('\n'),
      running ? 0 : INACTIVE,
    ),
};

const said = async (out: Output, text: string, status: number): Promise<number> => {
  out.line(text);
  return (await out.end()) || status;
};

const attempted = async (out: Output, run: () => Promise<void>): Promise<number> => {
  try {
    await run();
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    await out.errorText(
      `Job for ${UNIT} failed because the control process exited with error code.\nThe daemon said: ${error.message}\n`,
    );
    return 1;
  }
};

const run = async (process: Process, verb: string, unit: string): Promise<number> => {
  const out = new Output(process);
  const known = changes[verb] ?? questions[verb];
  if (known === undefined) {
    await out.errorText(`Unknown command verb '${verb}'.\n`);
    return 1;
  }
  const service = /^docker(\.service)?$/.test(unit) ? attempt(() => serviceOf(process)).value : undefined;
  if (service === undefined) {
    const name = unit.includes('.') ? unit : `${unit}.service`;
    await out.errorText(`Failed to ${verb} ${name}: Unit ${name} not found.\n`);
    return NO_SUCH_UNIT;
  }
  if (changes[verb] !== undefined && process.cred.uid !== 0) {
    await out.errorText(`Failed to ${verb} ${UNIT}: Interactive authentication required.\n`);
    return 1;
  }
  return known(out, service);
};

const usage = async (out: Output, text: string): Promise<number> => {
  await out.errorText(`${text}\n`);
  return 1;
};

export const systemctl: Command = {
  name: 'systemctl',
  help: `Usage: systemctl [OPTION]... VERB UNIT
Ask for, start or stop a service of the host; there is one, docker.

Verbs: ${[...Object.keys(questions), ...Object.keys(changes)].join(', ')}

  -q, --quiet        say nothing
      --no-pager     accepted
      --help         display this help and exit
      --version      output version information and exit
`,
  words: verbThen(
    () => [...Object.keys(questions), ...Object.keys(changes)],
    () => [UNIT],
  ),
  run: async (process, argv) => {
    const out = new Output(process);
    const options = { quiet: { short: 'q' }, 'no-pager': {}, now: {} };
    const parsed = await parseOptions(out, systemctl, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [verb, unit] = parsed.operands;
    if (verb === undefined || unit === undefined) return usage(out, 'Too few arguments.');
    return run(process, verb, unit);
  },
};

export const serviceCommand: Command = {
  name: 'service',
  help: `Usage: service NAME start|stop|restart|status
Start, stop or ask for a service of the host; there is one, docker.

      --help         display this help and exit
`,
  words: (_process, before) => (before.length === 0 ? ['docker'] : ['start', 'stop', 'restart', 'status']),
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, serviceCommand, argv, { 'status-all': {} });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('status-all')) {
      const service = attempt(() => serviceOf(process)).value;
      if (process.container === undefined && service) out.line(` [ ${service.running ? '+' : '-'} ]  docker`);
      return out.end();
    }
    const [name, verb] = parsed.operands;
    if (name === undefined)
      return usage(
        out,
        'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]',
      );
    // Without systemd there are the scripts in /etc/init.d, and images have none.
    if (process.container !== undefined) return usage(out, `${name}: unrecognized service`);
    if (verb === undefined)
      return usage(out, `Usage: service ${name} {start|stop|restart|force-reload|status}`);
    return run(process, verb, name);
  },
};
