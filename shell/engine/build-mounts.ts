// What stands over a build step's tree while its program runs: /proc and its like, two files of /etc, RUN --mount.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { bindInto } from './bind-mount.ts';
import { mountSystem } from './container-mounts.ts';
import { makeDirectories, readText, removeTree, writeFile } from './files.ts';
import { DATA_ROOT } from './paths.ts';

/** One RUN --mount, its source found. */
export type StepMount =
  | { readonly kind: 'tree'; readonly target: string; readonly path: string; readonly readOnly: boolean }
  | { readonly kind: 'tmpfs'; readonly target: string; readonly size: string | undefined }
  | {
      readonly kind: 'secret';
      readonly target: string;
      readonly data: Uint8Array;
      readonly uid: number;
      readonly gid: number;
      readonly mode: number;
    };

const HOME = `${DATA_ROOT}/buildkit/executor`;
const HOSTS = '127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n';

/** Mounts everything; the function given back takes away the mount points that had to be made. */
export const mountStep = (
  host: Process,
  inside: Process,
  mounts: readonly StepMount[],
): ((merged: string) => void) => {
  const stubs: string[] = [];
  const stub = (path: string, directory: boolean): void => {
    if (inside.tryStat(path) !== undefined) return;
    const missing = missingParents(inside, path);
    makeDirectories(inside, directory ? path : parentOf(path), 0o755);
    if (!directory) inside.close(inside.open(path, O.WRONLY | O.CREAT, 0o644));
    stubs.push(...missing, path);
  };
  makeDirectories(host, HOME, 0o711);
  for (const path of ['/proc', '/sys', '/dev']) stub(path, true);
  mountSystem(inside);
  stub('/etc/resolv.conf', false);
  stub('/etc/hosts', false);
  for (const { kind, target, ...mount } of mounts) {
    stub(target, kind === 'tmpfs' || ('path' in mount && host.stat(mount.path).kind === 'directory'));
  }
  bindFile(host, 'resolv.conf', readText(host, '/etc/resolv.conf') ?? '', inside, '/etc/resolv.conf');
  bindFile(host, 'hosts', HOSTS, inside, '/etc/hosts');
  for (const [at, mount] of mounts.entries()) mountOne(host, inside, mount, `${HOME}/secret-${at}`);
  return (merged) => {
    removeStubs(host, merged, stubs);
    for (const at of mounts.keys()) removeTree(host, `${HOME}/secret-${at}`);
  };
};

const bindFile = (host: Process, name: string, text: string, inside: Process, target: string): void => {
  writeFile(host, `${HOME}/${name}`, text);
  bindInto(host, `${HOME}/${name}`, inside, target, true);
};

const mountOne = (host: Process, inside: Process, mount: StepMount, path: string): void => {
  const { target } = mount;
  if (mount.kind === 'tree') bindInto(host, mount.path, inside, target, mount.readOnly);
  else if (mount.kind === 'tmpfs') {
    const size = mount.size === undefined ? '' : `size=${mount.size},`;
    inside.mount({ type: 'tmpfs', source: 'tmpfs', target, options: `${size}mode=1777` });
  } else {
    writeFile(host, path, mount.data, mount.mode);
    host.chmod(path, mount.mode);
    host.chown(path, mount.uid, mount.gid);
    bindInto(host, path, inside, target, true);
  }
};

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** Directories above `path` that are not there, outermost first. */
const missingParents = (inside: Process, path: string): string[] => {
  const parent = parentOf(path);
  if (parent === '/' || inside.tryStat(parent) !== undefined) return [];
  return [...missingParents(inside, parent), parent];
};

/** Innermost first; what the program has put something into stays. */
const removeStubs = (host: Process, merged: string, stubs: readonly string[]): void => {
  for (const stub of [...stubs].reverse()) {
    const path = merged + stub;
    const stat = host.tryLstat(path);
    if (stat?.kind === 'directory' && host.readdir(path).length === 0) host.rmdir(path);
    else if (stat?.kind === 'file' && stat.size === 0) host.unlink(path);
  }
};
