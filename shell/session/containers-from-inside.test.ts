// System programs in containers and around them: rights, namespaces, accounts, as they show on a Docker host.

import test from 'ava';
import { DockerLab } from './docker-lab.ts';

const said = async (lab: DockerLab, script: string): Promise<string> =>
  (await lab.run(script)).output.trimEnd();

test('root of a container may not mount, unless Docker leaves it the right to', async (t) => {
  const lab = new DockerLab();
  await lab.run('docker pull -q alpine');
  const mount = 'mount -t tmpfs none /mnt';
  t.is(await said(lab, `docker run --rm alpine ${mount}`), 'mount: permission denied (are you root?)');
  t.regex(await said(lab, `docker run --rm ubuntu:20.04 ${mount}`), /^mount: \/mnt: permission denied\./);
  t.is(await said(lab, `docker run --rm --privileged alpine ${mount}`), '');
  t.is(await said(lab, `docker run --rm --cap-add SYS_ADMIN alpine ${mount}`), '');
  t.is(
    await said(lab, 'docker run --rm alpine unshare -m true'),
    'unshare: unshare(0x20000): Operation not permitted',
  );
});

test('nsenter shows the merged tree of a container, and enters its pids', async (t) => {
  const lab = new DockerLab();
  await lab.run('docker run -d --name box alpine sleep 1000');
  const enter = "nsenter -t $(docker inspect -f '{{.State.Pid}}' box)";
  t.is(await said(lab, `${enter} -m head -n 1 /etc/os-release`), 'NAME="Alpine Linux"');
  t.regex(await said(lab, `${enter} -a ps`), /^ +1 root +0:00 sleep 1000$/m);
  await lab.run(`${enter} -m touch /made`);
  t.is(await said(lab, 'docker diff box'), 'A /made');
  t.is(await said(lab, `${enter} -u hostname`), await said(lab, 'docker exec box hostname'));
});

test('accounts that a container makes are in its upper layer', async (t) => {
  const lab = new DockerLab();
  await lab.run('docker pull -q debian:12; docker run --name alp alpine adduser -D joe');
  const changes = (await said(lab, 'docker diff alp')).split('\n');
  for (const line of ['C /etc/passwd', 'A /etc/passwd-', 'C /etc/group', 'C /etc/shadow', 'A /home/joe'])
    t.true(changes.includes(line), line);
  t.is(
    await said(lab, 'docker run --rm alpine sh -c "addgroup -S web && adduser -S -G web svc && id svc"'),
    'uid=100(svc) gid=101(web) groups=101(web)',
  );
  t.is(
    await said(lab, 'docker run --rm debian:12 sh -c "useradd -m app && id app && ls -A /home/app"'),
    'uid=1000(app) gid=1000(app) groups=1000(app)\n.bash_logout\n.bashrc\n.profile',
  );
});

test("alpine's busybox speaks with musl's words, the busybox image's with glibc's", async (t) => {
  const lab = new DockerLab();
  await lab.run('docker pull -q alpine; docker pull -q busybox');
  t.is(
    await said(lab, 'docker run --rm alpine rm /etc/hosts'),
    "rm: can't remove '/etc/hosts': Resource busy",
  );
  t.is(
    await said(lab, 'docker run --rm busybox rm /etc/hosts'),
    "rm: can't remove '/etc/hosts': Device or resource busy",
  );
  t.regex(
    await said(lab, 'docker run --rm alpine ls -%'),
    /^ls: unrecognized option: %\nBusyBox v1\.36\.1 \(2024/,
  );
  t.regex(
    await said(lab, 'docker run --rm busybox ls -%'),
    /^ls: invalid option -- '%'\nBusyBox v1\.36\.1 \(2023/,
  );
});

test('a log that is a link to /dev/stderr comes out in docker logs', async (t) => {
  const lab = new DockerLab();
  await lab.run('docker run -d --name web nginx; sleep 2');
  t.regex(await said(lab, 'docker logs web 2>&1 >/dev/null'), /\[notice\] 1#1: start worker processes$/);
  const script =
    'ln -s /dev/stdout /tmp/out; echo one > /tmp/out; echo two >> /tmp/out; test -p /tmp/out && echo pipe';
  t.is(await said(lab, `docker run --rm ubuntu:20.04 sh -c '${script}' | cat`), 'one\ntwo\npipe');
  t.is(await said(lab, 'echo in | (ln -s /dev/stdin /tmp/in; cat /tmp/in)'), 'in');
});
