// What a second container adds to the disk, by the size of its image; it should be a level line.

import type { DiskFilesystem } from '../../shell/fs/disk-filesystem.ts';
import { machineWithImage } from './many-files.ts';
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
  const { machine, run } = await machineWithImage(files);
  await run('docker run -d --name first many sleep 1d');
  const before = used(machine.kernel.disk);
  const seconds = await run('docker run -d --name second many sleep 1d');
  const added = used(machine.kernel.disk);
  return [
    files.toLocaleString('en'),
    String(added.inodes - before.inodes),
    String(added.bytes - before.bytes),
    `${(seconds * 1000).toFixed(1)} ms`,
  ];
};
