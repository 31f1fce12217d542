// What BuildKit's front end makes of each instruction: a vertex, or a change of the configuration alone.

import { joinPath } from '../../go-path.ts';
import { failBuild } from '../build-error.ts';
import { type Heredoc, heredocSummary, heredocText, isHeredoc } from '../heredoc.ts';
import type { CopyArguments, Instruction, InstructionOf } from '../instruction.ts';
import { commandOf, metadataSteps, nextWorkingDirectory } from '../metadata-steps.ts';
import type { FrontEnd } from './front-end.ts';
import type { KitStage } from './kit-stage.ts';
import type { MountText } from './run-mount.ts';
import type { GraphStage } from './stage-graph.ts';
import type { CopyFrom, MountSpec, Vertex } from './vertex.ts';

type Translation<K extends Instruction['kind']> = (
  frontEnd: FrontEnd,
  graphStage: GraphStage,
  stage: KitStage,
  instruction: InstructionOf<K>,
) => void;

const note = (stage: KitStage, createdBy: string, layer = false): void => {
  stage.history.push({ createdBy, vertex: layer ? stage.vertex : undefined });
};

const run: Translation<'run'> = (frontEnd, graphStage, stage, instruction) => {
  const { words, script, summary } = runCommand(stage, instruction);
  const mounts = (graphStage.mounts.get(instruction) ?? []).map((mount) =>
    mountSpec(frontEnd, stage, mount, instruction),
  );
  const shown = stage.shown(capital(instruction.original)) + summary;
  stage.vertex = frontEnd.vertices.make(
    {
      kind: 'run',
      parent: stage.vertex,
      argv: words,
      env: stage.runEnvironment,
      cwd: stage.config.WorkingDir || '/',
      user: stage.config.User,
      network: instruction.network ?? 'default',
      mounts,
      script,
      drafts: script === undefined ? [] : [draft(frontEnd, script)],
    },
    frontEnd.prefixed(graphStage, stage, shown),
    { lines: instruction.lines, ignoreCache: frontEnd.isAnew(graphStage) },
  );
  note(stage, `RUN ${stage.recorded(words)} # buildkit`, true);
};

/** The instruction's name in capitals. */
const capital = (original: string): string => original.replace(/^\S+/, (name) => name.toUpperCase());

const SCRIPT_HOME = '/dev/pipes/';

/** A document alone is the script; in a longer command the shell gets it as it stands. */
const runCommand = (
  stage: KitStage,
  { command, heredocs }: InstructionOf<'run'>,
): { words: string[]; script: string | undefined; summary: string } => {
  const [first] = heredocs;
  const [text = ''] = command.words;
  if (first === undefined) return { words: commandOf(stage, command), script: undefined, summary: '' };
  if (!command.shell)
    return failBuild(`parsing produced an invalid run command: [${command.words.join(' ')}]`);
  if (!isHeredoc(text)) {
    const whole = [text, ...heredocs.map((one) => one.text + one.name)].join('\n');
    return { words: [...stage.shell, whole], script: undefined, summary: '' };
  }
  const summary = ` (${heredocSummary(first)})`;
  const data = heredocText(first);
  return data.startsWith('#!')
    ? { words: [SCRIPT_HOME + first.name], script: data, summary }
    : { words: [...stage.shell, data], script: undefined, summary };
};

const mountSpec = (
  frontEnd: FrontEnd,
  stage: KitStage,
  { from, ...mount }: MountText,
  { lines }: Instruction,
): MountSpec => {
  const secret = mount.type === 'secret' && mount.target === '';
  const wanted = secret ? `/run/secrets/${mount.id}` : stage.expand(mount.target);
  const target = joinPath(stage.config.WorkingDir || '/', wanted);
  const clean = wanted.startsWith('/') ? joinPath('/', wanted) : target;
  if (clean === '/' || wanted === '') failBuild('invalid mount target "/"');
  const bind = mount.type === 'bind';
  const input = from === undefined ? (bind ? frontEnd.context() : undefined) : frontEnd.input(from, lines);
  return { ...mount, target: clean, id: mount.id || clean, input };
};

const copy = (
  frontEnd: FrontEnd,
  graphStage: GraphStage,
  stage: KitStage,
  instruction: CopyArguments & Instruction,
  command: 'COPY' | 'ADD',
): void => {
  const sources = instruction.sources.map((word) => stage.expand(word));
  const destination = stage.expand(instruction.destination);
  const { flags, chown, chmod } = copyFlags(stage, instruction);
  const documents = instruction.heredocs.map((one): [string, string] => [one.name, documentText(stage, one)]);
  const words = instruction.heredocs.length > 0 ? sources.filter((word) => !isHeredoc(word)) : sources;
  const [url] = command === 'ADD' ? words.filter((word) => /^https?:\/\//.test(word)) : [];
  const engine = frontEnd.request.manner.name === 'engine';
  const shown = stage.expand(capital(instruction.original));
  const name = frontEnd.prefixed(graphStage, stage, shown);
  const from: CopyFrom = {
    input: inputOf(frontEnd, stage, instruction, {
      url,
      words,
      documents,
      urlName: engine ? (url ?? '') : name,
    }),
    words: url === undefined ? words : [],
    documents,
    drafts: documents.map(([, text]) => draft(frontEnd, text)),
  };
  const parent = stage.vertex;
  stage.vertex = frontEnd.vertices.make(
    {
      kind: 'copy',
      parent,
      command,
      from,
      destination: absolute(stage, destination),
      chown,
      chmod,
      link: instruction.link,
    },
    name,
    { lines: instruction.lines, ignoreCache: frontEnd.isAnew(graphStage) },
  );
  const shownSources = [...words, ...documents.map(([document]) => `<<${document}`)];
  note(
    stage,
    `${[command, ...(engine ? [] : flags), ...shownSources, destination].join(' ')} # buildkit`,
    true,
  );
};

const draft = (frontEnd: FrontEnd, text: string): Vertex =>
  frontEnd.vertices.make({ kind: 'document', text }, '[internal] preparing inline document');

const copyFlags = (
  stage: KitStage,
  { chown = '', chmod = '' }: CopyArguments,
): { flags: string[]; chown: string; chmod: string } => {
  const owner = stage.expand(chown);
  const mode = stage.expand(chmod);
  const flags = [...(owner === '' ? [] : [`--chown=${owner}`]), ...(mode === '' ? [] : [`--chmod=${mode}`])];
  return { flags, chown: owner, chmod: mode };
};

const documentText = (stage: KitStage, document: Heredoc): string => {
  const text = heredocText(document);
  return document.expand ? stage.expandDocument(text) : text;
};

const inputOf = (
  frontEnd: FrontEnd,
  stage: KitStage,
  { from, lines }: CopyArguments & Instruction,
  given: {
    url: string | undefined;
    urlName: string;
    words: readonly string[];
    documents: readonly (readonly [string, string])[];
  },
): CopyFrom['input'] => {
  if (given.url !== undefined)
    return frontEnd.vertices.make({ kind: 'url', url: given.url }, given.urlName, { lines });
  if (from !== undefined) return frontEnd.input(stage.expand(from), lines);
  return given.words.length > 0 ? frontEnd.context() : undefined;
};

/** Relative to WORKDIR; a slash at the end stays. */
const absolute = (stage: KitStage, destination: string): string =>
  destination.startsWith('/')
    ? destination
    : `${stage.config.WorkingDir.replace(/\/+$/, '')}/${destination.replace(/^\.$/, '')}`;

const workdir: Translation<'workdir'> = (frontEnd, graphStage, stage, instruction) => {
  const path = nextWorkingDirectory(stage, instruction.path);
  stage.config.WorkingDir = path;
  const name = frontEnd.prefixed(graphStage, stage, stage.expand(capital(instruction.original)));
  if (path !== '/') {
    stage.vertex = frontEnd.vertices.make({ kind: 'directory', parent: stage.vertex, path }, name, {
      lines: instruction.lines,
      ignoreCache: frontEnd.isAnew(graphStage),
    });
  }
  note(stage, `WORKDIR ${path}`, path !== '/');
};

export const translations: { readonly [K in Instruction['kind']]: Translation<K> } = {
  from: () => {},
  run,
  copy: (frontEnd, graphStage, stage, instruction) => copy(frontEnd, graphStage, stage, instruction, 'COPY'),
  add: (frontEnd, graphStage, stage, instruction) => copy(frontEnd, graphStage, stage, instruction, 'ADD'),
  workdir,
  env: (_frontEnd, _graphStage, stage, instruction) => {
    note(stage, metadataSteps.env(stage, instruction));
    stage.takeEnvironment(instruction.pairs.map(([name]) => stage.expand(name)));
  },
  arg: (_frontEnd, _graphStage, stage, instruction) => {
    note(stage, metadataSteps.arg(stage, instruction));
    for (const [name] of instruction.args) stage.takeArgument(stage.expand(name));
  },
  cmd: (_frontEnd, _graphStage, stage, instruction) => {
    note(stage, metadataSteps.cmd(stage, instruction));
    stage.config.ArgsEscaped = true;
  },
  expose: (_frontEnd, _graphStage, stage, instruction) => {
    const before = stage.config.ExposedPorts;
    stage.config.ExposedPorts = {};
    metadataSteps.expose(stage, instruction);
    const ports = Object.keys(stage.config.ExposedPorts).sort();
    stage.config.ExposedPorts = { ...before, ...stage.config.ExposedPorts };
    note(stage, `EXPOSE map[${ports.map((port) => `${port}:{}`).join(' ')}]`);
  },
  onbuild: (_frontEnd, _graphStage, stage, instruction) => {
    metadataSteps.onbuild(stage, instruction);
  },
  label: (_frontEnd, _graphStage, stage, instruction) => note(stage, metadataSteps.label(stage, instruction)),
  entrypoint: (_frontEnd, _graphStage, stage, instruction) =>
    note(stage, metadataSteps.entrypoint(stage, instruction)),
  user: (_frontEnd, _graphStage, stage, instruction) => note(stage, metadataSteps.user(stage, instruction)),
  maintainer: (_frontEnd, _graphStage, stage, instruction) =>
    note(stage, metadataSteps.maintainer(stage, instruction)),
  stopsignal: (_frontEnd, _graphStage, stage, instruction) =>
    note(stage, metadataSteps.stopsignal(stage, instruction)),
  volume: (_frontEnd, _graphStage, stage, instruction) =>
    note(stage, metadataSteps.volume(stage, instruction)),
  shell: (_frontEnd, _graphStage, stage, instruction) => note(stage, metadataSteps.shell(stage, instruction)),
  healthcheck: (frontEnd, _graphStage, stage, instruction) => {
    const text = metadataSteps.healthcheck(stage, instruction);
    // Today's has one more time, that between checks while a container starts.
    const today = text.replace(/ (?='\\x)/, ' "0s" ');
    note(stage, frontEnd.request.manner.name === 'buildx' ? today : text);
  },
};
