// What the processes of containers may and may not: the sets that they have, and what programs say that miss one.
// --privileged and --cap-add ALL are left out: an engine gives only what its own host has.

const SETS = 'grep Cap /proc/self/status';
const USER = 'echo "u:x:1000:1000::/:/bin/sh" >> /etc/passwd';

/** Options of `docker run` → scripts that run so in a container each. */
const inside: readonly (readonly [options: string, ...scripts: string[]])[] = [
  ['', SETS, 'hostname x', 'mount -t tmpfs t /tmp', 'umount /proc', 'unshare -m true', 'unshare -u true'],
  ['', 'chroot / id -u', 'mknod n c 1 3 && mknod b b 7 0 && stat -c %F n b', `${USER}; su u -c "${SETS}"`],
  ['', 'touch f; chmod 6711 f; chown 5:6 f; stat -c "%a %u %g" f', 'mkdir -m 0 d; touch d/f; ls d'],
  [
    '',
    `chroot / sh -c "${SETS}"`,
    `${USER}; touch /f; chown u /f; su u -c "chown 0 /f; chmod 600 /f; id -u"`,
  ],
  ['--cap-add SYS_ADMIN', SETS, 'hostname x; hostname', 'mount -t tmpfs t /tmp && umount /tmp && echo both'],
  ['--cap-add cap_sys_admin --cap-drop Chown', SETS],
  ['--cap-add SYSLOG', SETS, 'dmesg > log && echo read'],
  ['--cap-drop ALL', SETS, 'touch f; chown 1:1 f', 'mkdir d; chmod 0 d; ls d', 'kill -0 1', 'chmod 711 /bin'],
  ['--cap-drop all --cap-add chown', SETS, 'touch f; chown 1:1 f; chmod 600 f; stat -c "%a %u" f'],
  ['--cap-add CHOWN --cap-drop CHOWN', SETS],
  ['--cap-add NET_ADMIN --cap-drop CAP_MKNOD --cap-drop net_raw', SETS],
  ['--cap-add BOGUS', SETS],
  ['--cap-drop CAP_NOTHING', SETS],
  ['--cap-drop CHOWN', 'touch f; chown 1 f; chown 0 f; chgrp 5 f; chmod 600 f; stat -c "%a %u %g" f'],
  [
    '--cap-drop DAC_OVERRIDE',
    'mkdir -m 700 d; chown 1 d; ls d; touch d/x; cat d/x',
    'touch f; chmod 0 f; cat f',
  ],
  ['--cap-drop FOWNER', 'touch f; chown 1 f; chmod 600 f; touch -d @5 f; touch f'],
  [
    '--cap-drop FOWNER',
    'mkdir -m 1777 s; touch s/f; chown 1 s s/f; rm -f s/f; mv s/f s/g; echo more >> s/f; cat s/f',
  ],
  [
    '--cap-drop FSETID',
    'touch f; chown 0:5 f; chmod 2755 f; stat -c %a f; chmod 6755 f; echo x >> f; stat -c %a f',
  ],
  ['--cap-drop MKNOD', 'mknod n c 1 3; mknod b b 7 0; mknod w c 0 0; mknod p p; stat -c %F w p'],
  ['--cap-drop SYS_CHROOT', 'chroot / true'],
  [
    '--cap-drop KILL',
    `${USER}; su u -c "sleep 50" & sleep 1; kill $! 2> /dev/null || kill -0 $! 2> /dev/null || echo neither`,
  ],
  ['--cap-drop SETUID', `${USER}; su u -c id`, 'id -u'],
  ['--cap-drop SETGID', `${USER}; su u -c id`],
  [
    '--user 1000',
    SETS,
    'hostname x',
    'touch /f',
    'chown 0 /tmp',
    'chroot / id',
    'kill -0 1',
    'cat /proc/1/comm',
  ],
  ['--user 1000 --cap-add CHOWN', SETS, 'chown 0 /tmp'],
  ['--user 1000:5 --group-add 7', 'grep -E "Uid|Gid|Groups" /proc/self/status'],
];

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export const capabilityCommands: readonly string[] = [
  ...inside.flatMap(([options, ...scripts]) =>
    scripts.map((script) => `docker run --rm ${options} ubuntu:20.04 sh -c ${quoted(script)}`),
  ),
  'docker run -d --name plain ubuntu:20.04 sleep 1000 > /dev/null',
  'docker run -d --name user --user 1000 ubuntu:20.04 sleep 1000 > /dev/null',
  'docker run -d --name none --cap-drop ALL ubuntu:20.04 sleep 1000 > /dev/null',
  'docker run -d --name more --cap-add SYS_ADMIN ubuntu:20.04 sleep 1000 > /dev/null',
  ...['plain', 'user', 'none', 'more', '--user 1000 plain', '--user 0 user', '--user 1000 more'].map(
    (whom) => `docker exec ${whom} ${SETS}`,
  ),
  'docker exec none kill -9 1; docker exec none chown 1 /tmp',
  'docker exec more mount -t tmpfs t /tmp',
  "docker inspect -f '{{json .HostConfig.CapAdd}} {{json .HostConfig.CapDrop}}' none more",
  `printf 'FROM ubuntu:20.04\\nRUN mkdir -m 777 /all; ${SETS} > /all/root\\nUSER 1000\\nRUN ${SETS} > /all/user\\nCMD cat /all/root /all/user' > Dockerfile`,
  'DOCKER_BUILDKIT=0 docker build -q -t sets . > /dev/null 2>&1; docker run --rm sets',
  "printf 'FROM ubuntu:20.04\\nRUN hostname other' > Dockerfile",
  'DOCKER_BUILDKIT=0 docker build -q . > /dev/null 2>&1; echo $?',
];
