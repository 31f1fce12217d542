// btrfs, zfs and zpool as a person types them: beside the real btrfs where there is one, beside a recorded real pool.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { runReal } from '../commands/real-program.ts';
import { DockerLab } from './docker-lab.ts';

/** What is done in a fresh btrfs, which is the current directory. */
const script = `btrfs subvolume create one; echo hi > one/f; dd if=/dev/urandom of=one/big bs=1M count=2 2>/dev/null
btrfs subvolume snapshot one two; btrfs sub list . ; btrfs subvolume list -t .; btrfs subvolume list -q -u .
btrfs subvolume show one; btrfs subvolume show two; btrfs subvolume show . | head -9
mkdir plain; btrfs subvolume show plain; echo $?; btrfs subvolume delete plain; echo $?
btrfs subvolume snapshot one plain; ls plain; btrfs subvolume create one; echo $?; btrfs subvolume snapshot plain x; echo $?
btrfs subvolume list nosuch; echo $?; btrfs subvolume delete nosuch; echo $?; btrfs subvolume list; echo $?
btrfs filesystem du -s one two; echo new > two/f; sync; stat -c '%n %i %h %s %b' . one one/f one/big two plain plain/one
btrfs subvolume show /nosuch; echo $?; btrfs subvolume list /; echo $?
btrfs subvolume delete two plain/one; rmdir one/nosuch 2>/dev/null; mv one three; ls; rmdir three; echo $?; rm three/*; rmdir three; echo $?; ls`;

/** Ids, times, generations, the place, and how much metadata the top directory takes are not compared. */
const comparable = (text: string, place: string): string =>
  text
    .replaceAll(place, 'HERE')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+\d{4}/g, 'TIME')
    .replace(/gen \d+/g, 'gen N')
    .replace(/^(\d+\t)\d+(\t5)/gm, '$1N$2')
    .replace(/((?:Generation|Gen at creation): *\t+)\d+/g, '$1N')
    .replace(/^(\. \d+ \d+ \d+) \d+$/gm, '$1 N')
    // A subvolume's place has a number of its own here.
    .replace(/^plain \d+/gm, 'plain N');

const realScript = (directory: string): string => `set -e
truncate -s 600M ${directory}/img; mkfs.btrfs -q ${directory}/img >/dev/null 2>&1; mkdir ${directory}/mnt
mount -o loop ${directory}/img ${directory}/mnt; cd ${directory}/mnt; set +e
exec 2>&1
${script}`;

const hasBtrfs = process.getuid?.() === 0 && spawnSync('mkfs.btrfs', ['--version']).status === 0;

test('btrfs says what the real one says', async (t) => {
  const required = process.env.COWSH_ORACLES === '1';
  if (!hasBtrfs && !required) return t.pass('no btrfs here');
  const directory = mkdtempSync(join(tmpdir(), 'cowsh-pool-'));
  const real = runReal(['unshare', '-m', 'sh', '-c', realScript(directory)], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  t.not(real.stdout, '', `no btrfs was made: ${real.stderr}`);
  const lab = new DockerLab({ storageDriver: 'btrfs' });
  await lab.prepare(
    'docker images -q; cd /var/lib/docker/btrfs; btrfs subvolume delete subvolumes/*; rmdir subvolumes',
  );
  await lab.prepare('umount /var/lib/docker/btrfs; mkdir /mnt/b; mount -t btrfs /dev/vdb /mnt/b');
  const { output } = await lab.run(script, '/mnt/b');
  const first = Number(/^ID (\d+) /m.exec(output)?.[1] ?? 256);
  const numbered = output.replace(/(^ID |Subvolume ID: *\t+|^)(\d{3})(?=\t| gen|$)/gm, (_all, word, id) =>
    Number(id) >= first ? `${word}${Number(id) - first + 256}` : `${word}${id}`,
  );
  t.deepEqual(
    comparable(numbered, '/mnt/b').split('\n'),
    comparable(real.stdout, `${directory}/mnt`).split('\n'),
  );
});

test('zfs and zpool: the recorded experiment of a real pool', async (t) => {
  const lab = new DockerLab();
  const said = async (command: string): Promise<string> => (await lab.run(command)).output;
  await lab.prepare(`mkdir /lab; cd /lab; truncate -s 2G pool.img; zpool create -m none tank /lab/pool.img
zfs create -o mountpoint=/lab/mnt-base tank/base
echo 'This is the original file in the base image.' > mnt-base/base_file.txt
dd if=/dev/zero of=mnt-base/big.bin bs=1M count=100; zfs snapshot tank/base@img
for n in 1 2 3 4; do zfs clone -o mountpoint=/lab/mnt-c$n tank/base@img tank/c$n; done`);
  t.regex(
    await said('zpool list'),
    /^NAME +SIZE +ALLOC +FREE +CAP +DEDUP +HEALTH +ALTROOT\ntank +2G +100M +1\.90G +4% +1\.00x +ONLINE +-\n$/,
  );
  t.is(await said('stat -f -c %T /lab/mnt-base'), 'zfs\n');
  t.is(await said('zfs list -Hp -o used tank/c3'), '0\n');
  await lab.prepare('printf X | dd of=/lab/mnt-c3/big.bin bs=1 seek=50000000 conv=notrunc');
  t.is(await said('zfs list -Hp -o used tank/c3'), '237568\n');
  await lab.prepare('printf X | dd of=/lab/mnt-c3/big.bin bs=1 seek=60000000 conv=notrunc');
  t.is(await said('zfs list -Hp -o used tank/c3'), '385024\n');
  await lab.prepare(
    "echo 'Modified file in container1.' > /lab/mnt-c3/base_file.txt; rm /lab/mnt-c4/big.bin",
  );
  t.is(
    await said('cat /lab/mnt-c3/base_file.txt /lab/mnt-c4/base_file.txt'),
    'Modified file in container1.\nThis is the original file in the base image.\n',
  );
  t.regex(
    await said('zfs list -t all -o name,used,referenced,origin'),
    /^NAME +USED +REFER +ORIGIN\ntank +\S+ +\S+ +-\ntank\/base +100M +100M +-\ntank\/base@img +0 +100M +-\n(tank\/c[12] +0 +100M +tank\/base@img\n){2}tank\/c3 +380K +100M +tank\/base@img\ntank\/c4 +88K +\S+ +tank\/base@img\n$/,
  );
  t.is(
    await said('zfs destroy tank/base@img'),
    `cannot destroy 'tank/base@img': snapshot has dependent clones
use '-R' to destroy the following datasets:
tank/c1
tank/c2
tank/c3
tank/c4
`,
  );
  t.is(await said('zfs destroy -R tank/base@img; zfs list -t all -H -o name'), 'tank\ntank/base\n');
  t.is(await said('zfs list nosuch'), "cannot open 'nosuch': dataset does not exist\n");
});

test('mkfs.btrfs makes one in a file, once, and not where there is no room', async (t) => {
  const lab = new DockerLab();
  await lab.prepare('truncate -s 600M /root/i; mkdir /mnt/x');
  const { output } = await lab.run('mkfs.btrfs -L data i');
  t.regex(
    output,
    /^btrfs-progs v6\.2\n[\s\S]*Label: +data\nUUID: +[0-9a-f-]{36}\n[\s\S]*Filesystem size: +600\.00MiB\n/,
  );
  const again = await lab.run('mkfs.btrfs -q i');
  t.is(
    again.stderr,
    'ERROR: i appears to contain an existing filesystem (btrfs)\nERROR: use the -f option to force overwrite of i\n',
  );
  t.is(
    (await lab.run('mount -t btrfs -o loop /root/i /mnt/x; stat -f -c %T /mnt/x; stat -c %i /mnt/x')).stdout,
    'btrfs\n256\n',
  );
  t.is((await lab.run('mkfs.btrfs -q -f i')).stderr, 'ERROR: i is mounted\n');
  t.is(
    (await lab.run('umount /mnt/x; cd /root; mount i /mnt/x && findmnt -no SOURCE,FSTYPE /mnt/x')).stdout,
    '/root/i btrfs\n',
  );
  t.is((await lab.run('truncate -s 1M j; mkfs.btrfs -q j')).status, 1);
});
