// A real engine beside cowsh, both with the same storage driver: vfs, and btrfs on a disk in a file.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runReal } from '../commands/real-program.ts';
import type { DriverName } from '../engine/storage/driver-names.ts';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { differingFromEngine, type RealOutcome, whyNoEngine } from './real-engine.ts';

const commands = [
  "docker info 2>/dev/null | sed -n '/Storage Driver/,/Logging/p'",
  `printf '%s\\n' 'FROM ubuntu:20.04' 'RUN mkdir -p /data/dir; echo one > /data/one; echo two > /data/two; echo a > /data/dir/a' 'RUN ln /data/one /data/hard; ln -s one /data/soft; rm /data/two' > Dockerfile; docker build -q -t image . 2>/dev/null`,
  'docker run -d --name c1 image tail -f /dev/null; docker run -d --name c2 image tail -f /dev/null; sleep 1',
  'docker exec c1 sh -c "echo changed > /data/one; cat /data/hard; ls /data"',
  'docker exec c1 sh -c "rm -r /data/dir; mkdir /data/dir; echo new > /data/dir/new; mv /data/hard /data/moved; rm /data/soft; mkdir /data/soft"',
  'docker diff c1',
  'docker diff c2',
  'docker exec c2 sh -c "cat /data/one /data/dir/a; ls /data"',
  "docker ps --format '{{.Names}} {{.Size}}' | sed 's/ .virtual.*//'",
  'docker inspect -f "{{json .GraphDriver}}" c1 image',
  'docker commit c1 changed; docker history changed | head -2',
  'docker run --rm changed sh -c "ls -R /data; cat /data/one"',
  "docker save changed > c.tar; mkdir u; tar xf c.tar -C u; for l in $(tr ',' '\\n' < u/manifest.json | sed -n 's/.*\"\\([0-9a-f]*\\/layer.tar\\)\".*/\\1/p' | tail -1); do tar tf u/$l | grep data; done",
  'docker rm -f c1; docker rmi changed > /dev/null; docker load -q -i c.tar; docker run --name c3 changed ls -R /data',
  'docker diff c3; docker export c3 | tar tf - | grep "^data"',
  'docker cp c2:/data/one copied; cat copied; echo in > copied; docker cp copied c2:/data/in; docker diff c2',
  'docker rm -f c2 c3 > /dev/null; docker rmi changed > /dev/null; docker ps -aq; docker image prune -f',
];

const compare = async (t: ExecutionContext, driver: DriverName): Promise<void> => {
  t.timeout(600_000, 'a real engine answers');
  const lab = new DockerLab({ storageDriver: driver });
  const words = ({ stdout, stderr, status }: RealOutcome): string =>
    `${engineWords(stdout + stderr).replace(/\d+B$/gm, 'SIZE')}\n[${status}]`;
  const ours: string[] = [];
  for (const command of commands) ours.push(words(await lab.run(command)));
  const differences = await differingFromEngine(commands, async (outcomes) =>
    outcomes.map(words).flatMap((theirs, at) => {
      const shown = `$ ${commands[at]}\n--- the engine\n${theirs}\n+++ cowsh\n${ours[at]}`;
      return theirs === ours[at] ? [] : [shown];
    }),
  );
  t.deepEqual(differences, []);
};

const why = whyNoEngine();
const required = process.env.COWSH_ORACLES === '1';
const maker = spawnSync('mkfs.btrfs', ['--version']).status === 0 ? undefined : 'mkfs.btrfs is not installed';

const live = (
  driver: DriverName,
  missing: string | undefined,
  run: (t: ExecutionContext) => Promise<void>,
): void => {
  const title = `a real engine with ${driver} answers as cowsh does`;
  if (missing === undefined || required) test.serial(title, run);
  else test.serial.skip(`${title} (${missing})`, () => {});
};

/** The tool that starts the engine reads both. */
const withEnvironment = async (
  driver: string,
  directory: string,
  use: () => Promise<void>,
): Promise<void> => {
  const before = { ...process.env };
  Object.assign(process.env, { STORAGE_DRIVER: driver, TMPDIR: directory });
  try {
    await use();
  } finally {
    process.env.TMPDIR = before.TMPDIR ?? '/tmp';
    delete process.env.STORAGE_DRIVER;
  }
};

live('vfs', why, (t) => withEnvironment('vfs', tmpdir(), () => compare(t, 'vfs')));

live('btrfs', why ?? maker, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'cowsh-btrfs-'));
  const [image, disk] = [join(home, 'image'), join(home, 'disk')];
  try {
    const script = `truncate -s 2G ${image} && mkfs.btrfs -q ${image} && mkdir ${disk} && mount -o loop ${image} ${disk}`;
    const made = runReal(['sh', '-c', script], { encoding: 'utf8' });
    t.is(made.status, 0, made.stderr);
    await withEnvironment('btrfs', disk, () => compare(t, 'btrfs'));
  } finally {
    spawnSync('umount', ['-R', '-l', disk]);
    rmSync(home, { recursive: true, force: true });
  }
});
