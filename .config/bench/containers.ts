// What a second container adds to the disk, by the size of its image; it should be a level line.

import { virtualClock } from '../../shell/fs/clock.ts';
import type { DiskFilesystem } from '../../shell/fs/disk-filesystem.ts';
import { createMachine } from '../../shell/machine/machine.ts';
import { table } from './measure.ts';

const SIZES = [10, 1_000, 10_000, 100_000];

const used = (disk: DiskFilesystem): { inodes: number; bytes: number } => {
  const { files, ffree, blocks, bfree, bsize } = disk.statfs();
  return { inodes: files - ffree, bytes: (blocks - bfree) * bsize };
};

export const containers = async (): Promise<void> => {
  const rows: string[][] = [];
  for (const files of SIZES) rows.push(await addSecondContainer(files));
  table(['files in the image', 'inodes added', 'bytes added', 'CPU of create and start'], rows);
};

const addSecondContainer = async (files: number): Promise<string[]> => {
  const { kernel, init } = createMachine({ clock: virtualClock() });
  const run = async (script: string): Promise<void> => {
    await init.spawn('/bin/bash', ['bash', '-c', script], {
      cwd: '/root',
      env: new Map([['PATH', '/usr/bin:/bin']]),
    }).exited;
  };
  init.mkdir('/ctx');
  init.mkdir('/ctx/many');
  for (let at = 0; at < files; at++) {
    if (at % 500 === 0) init.mkdir(`/ctx/many/${at / 500}`);
    init.close(init.open(`/ctx/many/${Math.floor(at / 500)}/f${at}`, 0o101, 0o644));
  }
  const dockerfile = init.open('/ctx/Dockerfile', 0o101);
  init.pwrite(dockerfile, Buffer.from('FROM ubuntu:20.04\nCOPY many /many\n'), 0);
  init.close(dockerfile);
  await run('docker build -q -t many /ctx && docker run -d --name first many sleep 1d');
  const before = used(kernel.disk);
  const start = process.cpuUsage();
  await run('docker run -d --name second many sleep 1d');
  const { user, system } = process.cpuUsage(start);
  const added = used(kernel.disk);
  return [
    files.toLocaleString('en'),
    String(added.inodes - before.inodes),
    String(added.bytes - before.bytes),
    `${((user + system) / 1000).toFixed(1)} ms`,
  ];
};
