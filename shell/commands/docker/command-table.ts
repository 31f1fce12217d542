// The subcommands of docker, under all their names, and docker's own help made of them.

import { build, buildxBuild } from './build.ts';
import { builderPrune, buildxDu, buildxLs, buildxVersion } from './build-prune.ts';
import { commit } from './commit.ts';
import { contextInspect, contextLs, contextShow, contextUse } from './context.ts';
import { cp } from './cp.ts';
import { create } from './create.ts';
import { diff } from './diff.ts';
import type { DockerCommand } from './docker-command.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { exportCommand } from './export.ts';
import { globalFlags } from './global-flags.ts';
import { flagLines, type HelpSection, sectionText } from './help-text.ts';
import { history } from './history.ts';
import { images } from './images.ts';
import { importCommand } from './import.ts';
import { info } from './info.ts';
import { containerInspect, imageInspect, inspect, networkInspect, volumeInspect } from './inspect.ts';
import { kill } from './kill.ts';
import { load } from './load.ts';
import { logs } from './logs.ts';
import {
  networkConnect,
  networkCreate,
  networkDisconnect,
  networkLs,
  networkPrune,
  networkRm,
} from './network.ts';
import { notHere } from './not-here.ts';
import { pause, unpause } from './pause.ts';
import { port } from './port.ts';
import { containerPrune, imagePrune, systemPrune } from './prune.ts';
import { ps } from './ps.ts';
import { pull } from './pull.ts';
import { login, logout, push, search } from './registry.ts';
import { rename } from './rename.ts';
import { restart } from './restart.ts';
import { rm } from './rm.ts';
import { rmi } from './rmi.ts';
import { run } from './run.ts';
import { save } from './save.ts';
import { attach, start } from './start.ts';
import { stats } from './stats.ts';
import { stop } from './stop.ts';
import { systemDf } from './system-df.ts';
import { tag } from './tag.ts';
import { top } from './top.ts';
import { update } from './update.ts';
import { version } from './version.ts';
import { volumeCreate, volumeLs, volumePrune, volumeRm } from './volume.ts';
import { wait } from './wait.ts';

const commands: readonly DockerCommand[] = [
  attach,
  build,
  builderPrune,
  buildxBuild,
  buildxDu,
  buildxLs,
  buildxVersion,
  commit,
  containerInspect,
  containerPrune,
  contextInspect,
  contextLs,
  contextShow,
  contextUse,
  cp,
  create,
  diff,
  events,
  exec,
  exportCommand,
  history,
  imageInspect,
  imagePrune,
  images,
  importCommand,
  info,
  inspect,
  kill,
  load,
  login,
  logout,
  logs,
  networkConnect,
  networkCreate,
  networkDisconnect,
  networkInspect,
  networkLs,
  networkPrune,
  networkRm,
  pause,
  port,
  ps,
  pull,
  push,
  rename,
  restart,
  rm,
  rmi,
  run,
  save,
  search,
  start,
  stats,
  stop,
  systemDf,
  systemPrune,
  tag,
  top,
  unpause,
  update,
  version,
  volumeCreate,
  volumeInspect,
  volumeLs,
  volumePrune,
  volumeRm,
  wait,
  ...notHere,
];

const byPath: ReadonlyMap<string, DockerCommand> = new Map(
  commands.flatMap((command) => command.paths.map((path): [string, DockerCommand] => [path, command])),
);

/** `docker container ls` → its command. */
export const commandAt = (path: string): DockerCommand | undefined => byPath.get(path);

const groupSummaries = {
  builder: 'Builds',
  buildx: "Builds as today's Docker does them",
  container: 'Containers: their life, and what they changed',
  context: 'Daemons one could talk to',
  image: 'Images and their layers',
  network: 'Networks',
  plugin: 'Plugins',
  system: 'The daemon as a whole',
  volume: 'Directories that outlive containers',
} as const;

type Entries = HelpSection['entries'];

/** The words after `docker GROUP`, each command under its first name there. */
const entriesOf = (group: string): Entries => {
  const prefix = `docker ${group} `;
  return commands
    .flatMap((command): [string, string][] => {
      const path = command.paths.find((name) => name.startsWith(prefix));
      return path === undefined ? [] : [[path.slice(prefix.length), command.summary]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
};

export const groups: ReadonlyMap<string, { readonly summary: string; readonly entries: Entries }> = new Map(
  Object.entries(groupSummaries).map(([name, summary]) => [name, { summary, entries: entriesOf(name) }]),
);

const common = ['run', 'exec', 'ps', 'build', 'pull', 'images', 'login', 'version', 'info'];

const plainEntries = (): [string, string][] =>
  commands
    .flatMap((command): [string, string][] => {
      const path = command.paths.find((name) => name.split(' ').length === 2);
      return path === undefined ? [] : [[path.slice('docker '.length), command.summary]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** All words that may follow `docker`. */
export const commandWords = (): string[] => [
  ...new Set([...plainEntries().map(([name]) => name), ...Object.keys(groupSummaries)]),
];

/** What `docker` alone prints. */
export const mainHelp = (): string => {
  const plain = new Map(plainEntries());
  const sections: HelpSection[] = [
    { title: 'Common Commands', entries: common.map((name) => [name, plain.get(name) ?? '']) },
    { title: 'Management Commands', entries: Object.entries(groupSummaries) },
    { title: 'Commands', entries: [...plain].filter(([name]) => !common.includes(name)) },
  ];
  const text = sections.map(sectionText).join('\n');
  return `Usage:  docker [OPTIONS] COMMAND

Containers made of layers: docker talks to the daemon that stacks them

${text}
Global Options:
${flagLines(globalFlags)}
Run 'docker COMMAND --help' for more information on a command.
`;
};
