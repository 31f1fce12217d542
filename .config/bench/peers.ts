// The peers' packages: installed beside the benchmark when it first needs them, never with cowsh itself.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where they are installed; ignored by git as every node_modules is. */
export const peersHome = fileURLToPath(new URL('node_modules/.peers/', import.meta.url));

let installed: boolean | undefined;

/** Whether the peers are there, after trying to install them once. */
export const installPeers = (): boolean => {
  installed ??= existsSync(`${peersHome}node_modules/memfs`) || install();
  return installed;
};

const install = (): boolean => {
  mkdirSync(peersHome, { recursive: true });
  copyFileSync(fileURLToPath(new URL('peers.json', import.meta.url)), `${peersHome}package.json`);
  const { status } = spawnSync(
    'npm',
    ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      cwd: peersHome,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (status !== 0) console.error('bench: the peers could not be installed; their columns are left out');
  return status === 0;
};
