// btrfs subvolume create, delete, snapshot.

import { type FsError, isFsError } from '../../fs/errno.ts';
import { createSubvolume, deleteSubvolume, snapshotSubvolume } from '../../fs/pool/subvolume-calls.ts';
import { attempt } from '../attempt.ts';
import type { Output } from '../output.ts';
import type { Subcommand } from './subcommand.ts';

export const createCommand: Subcommand = async (out, args) => {
  const [path, extra] = args;
  if (path === undefined || extra !== undefined) return wrongCount(out, 'create', 1, args.length);
  if (out.process.tryStat(path) !== undefined) return wrong(out, `target path already exists: ${path}`);
  const { error } = attempt(() => createSubvolume(out.process, path));
  if (error) return wrong(out, noBtrfs(error) ?? `cannot create subvolume: ${error.message}`);
  out.line(`Create subvolume '${shown(path)}'`);
  return out.end();
};

export const deleteCommand: Subcommand = async (out, args) => {
  const paths = args.filter((arg) => !arg.startsWith('-'));
  if (paths.length === 0) return wrongCount(out, 'delete', 1, 0, 'at least');
  let status = 0;
  for (const path of paths) {
    const gone = attempt(() => deleteSubvolume(out.process, path)).error;
    if (gone === undefined) out.line(`Delete subvolume (no-commit): '${absolute(out, path)}'`);
    else status = await wrong(out, whyNotDeleted(path, gone));
  }
  await out.flush();
  return status;
};

const whyNotDeleted = (path: string, error: FsError): string => {
  if (error.code === 'EINVAL') return NO_SUBVOLUME;
  if (error.code === 'ENOENT') return `Could not statfs: ${error.message}`;
  return noBtrfs(error) ?? `Could not destroy subvolume/snapshot: ${error.message}: '${path}'`;
};

export const snapshotCommand: Subcommand = async (out, args) => {
  const [source, to, extra] = args;
  if (source === undefined || to === undefined || extra !== undefined)
    return wrongCount(out, 'snapshot', 2, args.length);
  const { process } = out;
  const inside = process.tryStat(to)?.kind === 'directory';
  const path = inside ? `${to.replace(/\/+$/, '')}/${baseOf(source)}` : to;
  const { error } = attempt(() => snapshotSubvolume(process, source, path));
  if (isFsError(error, 'EEXIST')) return wrong(out, `target path already exists: ${path}`);
  if (error) return wrong(out, whyNoSnapshot(source, error));
  out.line(`Create a snapshot of '${source}' in '${shown(path)}'`);
  return out.end();
};

const whyNoSnapshot = (source: string, error: FsError): string => {
  if (error.code === 'EINVAL') return NO_SUBVOLUME;
  if (error.code === 'ENOENT') return `cannot access '${source}': ${error.message}`;
  return noBtrfs(error) ?? `cannot snapshot '${source}': ${error.message}`;
};

export const NO_SUBVOLUME = 'Not a Btrfs subvolume: Invalid argument';

const noBtrfs = ({ code }: FsError): string | undefined =>
  code === 'ENOTTY' ? 'not a btrfs filesystem' : undefined;

export const wrong = async (out: Output, text: string): Promise<number> => {
  await out.flush();
  await out.errorText(`ERROR: ${text}\n`);
  return 1;
};

export const wrongCount = async (
  out: Output,
  command: string,
  wanted: number,
  given: number,
  how = 'exactly',
): Promise<number> => {
  const words = wanted === 1 ? 'argument' : 'arguments';
  await out.errorText(`btrfs subvolume ${command}: ${how} ${wanted} ${words} expected, ${given} given\n`);
  return 1;
};

/** A name alone is told as one in the current directory. */
const shown = (path: string): string => (path.includes('/') ? path : `./${path}`);

const baseOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';

const absolute = ({ process }: Output, path: string): string =>
  path.startsWith('/') ? path : `${process.getcwd()}/${path}`;
