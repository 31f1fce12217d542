// docker save and docker load against a real engine: each reads what the other wrote, and writes it again byte for byte.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { inMemory, wholeOf } from '../engine/tar/archive-source.ts';
import { readArchive } from '../engine/tar/read-archive.ts';
import { O } from '../fs/open-flags.ts';
import { DockerLab } from './docker-lab.ts';
import { askRealEngine, whyNoEngine } from './real-engine.ts';

const missing = whyNoEngine();

const dockerfile = (base: string): string =>
  `printf '%s\\n' 'FROM ${base}' 'RUN mkdir -p /data/dir/sub && echo one > /data/one && echo two > /data/two && echo s > /data/dir/sub/s' 'RUN rm /data/one' 'RUN rm -rf /data/dir && mkdir /data/dir && echo fresh > /data/dir/z' 'RUN chmod 4711 /data/two && ln /data/two /data/hard && ln -s two /data/sym && mknod /data/null c 1 3 && chown 1:2 /data/dir' 'ENV GREETING="<hello & goodbye>"' 'VOLUME /srv' 'LABEL b=2 a=1' 'CMD ["cat"]'`;

/** What both say of an image, and the files of a container of it. */
const facts = (image: string): string[] => [
  `docker image inspect -f '{{.Id}} {{json .RootFS.Layers}} {{json .Config.Env}} {{json .Config.Labels}} {{json .Config.Cmd}} {{.Created}}' ${image}`,
  `docker history --no-trunc --format '{{.CreatedBy}}|{{.Comment}}' ${image}`,
];

const ours = async (lab: DockerLab, commands: readonly string[]): Promise<string[]> => {
  const answers: string[] = [];
  for (const command of commands) answers.push((await lab.run(command)).output);
  return answers;
};

const fileOf = (lab: DockerLab, path: string): Uint8Array => {
  const { init } = lab.machine;
  const fd = init.open(path, O.RDONLY);
  const bytes = init.pread(fd, init.fstat(fd).size, 0);
  init.close(fd);
  return bytes;
};

const giveFile = (lab: DockerLab, path: string, bytes: Uint8Array): void => {
  const { init } = lab.machine;
  const fd = init.open(path, O.WRONLY | O.CREAT, 0o644);
  init.pwrite(fd, bytes, 0);
  init.close(fd);
};

/** A container's files, without those that an engine makes at its start. */
const listing = (tar: Uint8Array): string[] =>
  [...readArchive(inMemory(tar))]
    .filter(
      ({ header }) =>
        !/^(dev|etc\/(hostname|hosts|mtab|resolv\.conf)|\.dockerenv|proc|sys|srv|etc\/$)/.test(header.name),
    )
    .map(({ header: { name, type, mode, uid, gid, linkname, mtime }, data }) =>
      JSON.stringify({
        name,
        type,
        mode,
        uid,
        gid,
        linkname,
        mtime,
        data: Buffer.from(wholeOf(data)).toString('base64').slice(0, 4000),
      }),
    );

const live = (
  title: string,
  run: (t: import('ava').ExecutionContext, folder: string) => Promise<void>,
): void => {
  if (missing !== undefined) {
    if (process.env.COWSH_ORACLES === '1') test(title, (t) => t.fail(missing));
    else test.skip(`${title} (${missing})`, () => {});
    return;
  }
  test.serial(title, async (t) => {
    t.timeout(600_000, 'a real engine is started');
    const folder = mkdtempSync(join(tmpdir(), 'cowsh-archives-'));
    try {
      await run(t, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
};

live('a real engine loads what cowsh saves, and agrees on all of it', async (t, folder) => {
  const lab = new DockerLab();
  await lab.prepare(
    `${dockerfile('alpine')} | docker build -q -t small -; docker save -o small.tar small; docker create --name box small; docker export -o files.tar box`,
  );
  const saved = fileOf(lab, '/root/small.tar');
  writeFileSync(join(folder, 'small.tar'), saved);
  const outcomes = await askRealEngine([
    `docker load -i ${folder}/small.tar`,
    ...facts('small'),
    `docker save -o ${folder}/again.tar small; docker create --name box small; docker export -o ${folder}/files.tar box`,
  ]);
  t.is(outcomes[0]?.stdout, 'Loaded image: small:latest\n', outcomes[0]?.stderr);
  t.deepEqual(
    outcomes.slice(1, -1).map(({ stdout }) => stdout),
    await ours(lab, facts('small')),
  );
  t.deepEqual(listing(readFileSync(join(folder, 'files.tar'))), listing(fileOf(lab, '/root/files.tar')));
  t.true(readFileSync(join(folder, 'again.tar')).equals(saved), 'saved again, byte for byte');
});

live('a real engine loads the OCI layout that the containerd image store saves', async (t, folder) => {
  const lab = new DockerLab({ storageDriver: 'overlayfs' });
  await lab.prepare(
    `${dockerfile('alpine')} | docker build -q -t small -; docker save -o small.tar small; docker create --name box small; docker export -o files.tar box`,
  );
  const saved = fileOf(lab, '/root/small.tar');
  const names = [...readArchive(inMemory(saved))].map(({ header }) => header.name);
  t.deepEqual(names.slice(-3), ['index.json', 'manifest.json', 'oci-layout']);
  writeFileSync(join(folder, 'small.tar'), saved);
  const layers = `docker image inspect -f '{{json .RootFS.Layers}} {{json .Config.Env}}' small`;
  const outcomes = await askRealEngine([
    `docker load -i ${folder}/small.tar`,
    layers,
    `docker create --name box small; docker export -o ${folder}/files.tar box`,
  ]);
  t.is(outcomes[0]?.stdout, 'Loaded image: small:latest\n', outcomes[0]?.stderr);
  t.deepEqual([outcomes[1]?.stdout ?? ''], await ours(lab, [layers]));
  t.deepEqual(listing(readFileSync(join(folder, 'files.tar'))), listing(fileOf(lab, '/root/files.tar')));
  await lab.prepare('docker rm box; docker rmi small');
  t.is((await lab.run('docker load -i small.tar')).output, 'Loaded image: small:latest\n');
  t.deepEqual([outcomes[1]?.stdout ?? ''], await ours(lab, [layers]));
});

live('cowsh loads what a real engine saves, and agrees on all of it', async (t, folder) => {
  const outcomes = await askRealEngine([
    `${dockerfile('ubuntu:20.04')} | DOCKER_BUILDKIT=0 docker build -q -t small - 2>/dev/null`,
    `docker save -o ${folder}/small.tar small; docker create --name box small; docker export -o ${folder}/files.tar box`,
    ...facts('small'),
    `docker tag small other:2; docker save -o ${folder}/two.tar small other ubuntu:20.04`,
  ]);
  const saved = readFileSync(join(folder, 'small.tar'));
  const lab = new DockerLab();
  giveFile(lab, '/root/small.tar', saved);
  t.is((await lab.run('docker load -i small.tar')).output, 'Loaded image: small:latest\n');
  t.deepEqual(
    await ours(lab, facts('small')),
    outcomes.slice(2, 4).map(({ stdout }) => stdout),
  );
  await lab.prepare(
    'docker save small > again.tar; docker create --name box small; docker export -o files.tar box',
  );
  t.deepEqual(listing(fileOf(lab, '/root/files.tar')), listing(readFileSync(join(folder, 'files.tar'))));
  t.true(Buffer.from(fileOf(lab, '/root/again.tar')).equals(saved), 'saved again, byte for byte');
  giveFile(lab, '/root/two.tar', readFileSync(join(folder, 'two.tar')));
  const two = await lab.run('docker load < two.tar');
  t.deepEqual(
    two.stdout
      .split('\n')
      .filter((line) => line.startsWith('Loaded'))
      .sort(),
    ['Loaded image: other:2', 'Loaded image: small:latest', 'Loaded image: ubuntu:20.04'],
  );
  await lab.prepare('docker save -o three.tar small other ubuntu:20.04');
  const names = (tar: Uint8Array): string[] =>
    [...readArchive(inMemory(tar))].map(({ header }) => header.name);
  t.deepEqual(names(fileOf(lab, '/root/three.tar')), names(readFileSync(join(folder, 'two.tar'))));
});
