// --output and --secret of docker build: comma-separated fields, in docker's words where they are wrong.

import { copyIntoLayer } from '../../engine/build/copy-files.ts';
import type { Output } from '../../engine/build/kit/kit-build.ts';
import type { Manner } from '../../engine/build/kit/manner.ts';
import { transfer } from '../../engine/build/kit/transfer.ts';
import { type SourceTree, sourceEntries } from '../../engine/build/source-tree.ts';
import { resolvePath } from '../../engine/go-path.ts';
import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { type Docker, failDocker } from './docker-command.ts';

const fieldsOf = (text: string): Map<string, string> | undefined => {
  const fields = new Map<string, string>();
  for (const field of text.split(',')) {
    const equals = field.indexOf('=');
    if (equals === -1) return undefined;
    fields.set(field.slice(0, equals).toLowerCase(), field.slice(equals + 1));
  }
  return fields;
};

/** Where a build's result goes. Throws DockerError. */
export const outputOf = (
  docker: Docker,
  texts: readonly string[],
  tags: readonly string[],
  { flagWords, name }: Manner,
): Output => {
  const [text] = texts;
  if (text === undefined) return { kind: 'image', tags };
  if (text === '') return failDocker(flagWords.badOutput('EOF'));
  if (texts.length > 1) return failDocker('multiple outputs currently unsupported');
  if (text === '-') return { kind: 'tar', write: toStandardOutput(docker) };
  if (!text.includes('=') && !text.includes(',')) return { kind: 'local', write: toDirectory(docker, text) };
  const wrong = text.split(',').find((field) => !field.includes('='));
  const fields = fieldsOf(text);
  if (fields === undefined) return failDocker(flagWords.badOutput(`invalid value ${wrong}`));
  const dest = fields.get('dest');
  const type = fields.get('type') ?? 'local';
  if (type === 'image' || type === 'docker')
    return { kind: 'image', tags: [...tags, ...(fields.get('name')?.split(' ') ?? [])] };
  if (type !== 'local' && type !== 'tar')
    return failDocker(`Error response from daemon: exporter "${type}" could not be found`);
  // buildx writes a tar without a place to its standard output.
  if (dest === undefined && type === 'tar' && name === 'buildx')
    return { kind: 'tar', write: toStandardOutput(docker) };
  if (dest === undefined || dest === '') return failDocker(flagWords.noDest(type));
  if (type === 'local') return { kind: 'local', write: toDirectory(docker, dest) };
  return { kind: 'tar', write: dest === '-' ? toStandardOutput(docker) : toFile(docker, dest) };
};

type Write = (chain: string) => Promise<number>;

/** Files belong to whoever calls docker. */
const toDirectory =
  (docker: Docker, dest: string): Write =>
  async (chain) => {
    const path = resolvePath(docker.process.getcwd(), dest);
    return docker.engine.buildkit.tree(chain, (inside) => {
      const tree: SourceTree = { process: inside, root: '/', inImage: true };
      copyIntoLayer(docker.process, [{ tree, path: '', name: '' }], path, 'caller');
      return transfer([...sourceEntries(tree)], undefined, (link) => inside.readlink(`/${link}`)).bytes;
    });
  };

const toStandardOutput =
  (docker: Docker): Write =>
  async (chain) => {
    const pieces = docker.engine.buildkit.tar(chain);
    for (const piece of pieces) await docker.process.write(1, piece);
    return pieces.reduce((sum, piece) => sum + piece.length, 0);
  };

const toFile =
  (docker: Docker, dest: string): Write =>
  async (chain) => {
    const fd = docker.process.open(dest, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    try {
      const pieces = docker.engine.buildkit.tar(chain);
      for (const piece of pieces) await docker.process.write(fd, piece);
      return pieces.reduce((sum, piece) => sum + piece.length, 0);
    } finally {
      docker.process.close(fd);
    }
  };

/** Names to bytes. Throws DockerError. */
export const secretsOf = (
  docker: Docker,
  texts: readonly string[],
  { flagWords }: Manner,
): Map<string, Uint8Array> => {
  const wrong = (reason: string): never => failDocker(flagWords.secret(texts, reason));
  const secrets = new Map<string, Uint8Array>();
  for (const text of texts) {
    const bad = text.split(',').find((field) => !field.includes('='));
    const fields = fieldsOf(text) ?? wrong(`invalid field '${bad}' must be a key=value pair`);
    const source = fields.get('src') ?? fields.get('source');
    const env = fields.get('env');
    const id = fields.get('id') ?? source ?? env ?? '';
    if (env !== undefined) secrets.set(id, new TextEncoder().encode(docker.process.env.get(env) ?? ''));
    else secrets.set(id, secretAt(docker, source ?? id, wrong));
  }
  return secrets;
};

const secretAt = ({ process }: Docker, path: string, wrong: (reason: string) => never): Uint8Array => {
  try {
    const fd = process.open(path, O.RDONLY);
    const bytes = process.pread(fd, process.fstat(fd).size, 0);
    process.close(fd);
    return bytes;
  } catch (error) {
    if (!isFsError(error)) throw error;
    return wrong(`failed to stat ${path}: stat ${path}: ${error.message.toLowerCase()}`);
  }
};
