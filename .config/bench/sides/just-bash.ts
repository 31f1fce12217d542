// just-bash's two filesystems; all of their calls are asynchronous.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { peersHome } from '../peers.ts';
import { type Kind, LOWER, names, type Operations } from '../side.ts';

interface Files {
  mkdir(path: string, options?: { recursive?: boolean }): Promise<void>;
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  readFileBuffer(path: string): Promise<Uint8Array>;
  stat(path: string): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
  mv(from: string, to: string): Promise<void>;
  rm(path: string): Promise<void>;
}

const load = async (): Promise<{ InMemoryFs: new () => Files; OverlayFs: new (options: object) => Files }> =>
  import(pathToFileURL(createRequire(`${peersHome}index.js`).resolve('just-bash')).href);

const nothing = new Uint8Array(0);

const operations = (fs: Files, home: string): Operations => ({
  home,
  create: (path) => fs.writeFile(path, nothing),
  // It keeps the array that it is given: it gets one of its own, as the others make one.
  write: (path, bytes) => fs.writeFile(path, bytes.slice()),
  read: (path) => fs.readFileBuffer(path),
  stat: (path) => fs.stat(path),
  readdir: (path) => fs.readdir(path),
  rename: (from, to) => fs.mv(from, to),
  unlink: (path) => fs.rm(path),
});

export const openMemory = async (): Promise<Operations> => {
  const { InMemoryFs } = await load();
  const fs = new InMemoryFs();
  await fs.mkdir('/home', { recursive: true });
  return operations(fs, '/home');
};

export const openOverlay = async (kind: Kind): Promise<Operations> => {
  const { OverlayFs } = await load();
  const root = mkdtempSync(join(tmpdir(), 'cowsh-bench-'));
  if (kind === 'layered') {
    mkdirSync(join(root, LOWER));
    for (const path of names(join(root, LOWER), 'lower')) writeFileSync(path, Buffer.alloc(100, 1));
  }
  const fs = new OverlayFs({ root, mountPoint: '/m' });
  await fs.mkdir('/m/home', { recursive: true });
  return {
    ...operations(fs, '/m/home'),
    lower: `/m/${LOWER}`,
    close: () => rmSync(root, { recursive: true }),
  };
};
