// --init, --pids-limit, --ulimit and programs that are none: given to a real engine and to cowsh side by side.

const run = (flags: string, script: string): string =>
  `docker run --rm ${flags} ubuntu:20.04 sh -c '${script}'; echo rc=$?`;
const limit = (name: string): string => `docker inspect -f '{{json .HostConfig.PidsLimit}}' ${name}`;
const trapping =
  'trap "echo usr1" USR1; trap "echo term; exit 4" TERM; echo ready; while :; do sleep 0.1; done';

export const limitCommands: readonly string[] = [
  run(
    '--init',
    'tr "\\0" " " < /proc/1/cmdline; cat /proc/1/comm; readlink /proc/1/exe; cut -d" " -f4 /proc/$$/stat',
  ),
  run('--init', 'grep docker-init /proc/self/mountinfo | cut -d" " -f5,6'),
  run('--init', 'kill -9 $$'),
  run('--init', 'exit 7'),
  "docker run --rm --init ubuntu:20.04 nosuch 2>&1 | sed 's/([0-9]*)/(N)/'",
  "docker run --rm --init ubuntu:20.04 /etc 2>&1 | sed 's/([0-9]*)/(N)/'",
  'docker run --rm --init ubuntu:20.04 nosuch 2> /dev/null; echo rc=$?',
  'docker run -d --init --name i1 ubuntu:20.04 sleep 1000; docker diff i1',
  "docker top i1 -o pid,args | sed 's/^[0-9]* *//'; docker inspect -f '{{.Path}} {{.Args}} {{json .HostConfig.Init}}' i1; docker ps --format '{{.Command}}'",
  "docker stop i1; docker inspect -f '{{.State.ExitCode}}' i1; docker rm i1",
  `docker run -d --init --name i2 ubuntu:20.04 sh -c '${trapping}'; until docker logs i2 | grep -q ready; do sleep 0.1; done`,
  'docker kill -s USR1 i2; until docker logs i2 | grep -q usr1; do sleep 0.1; done; docker stop i2',
  "docker logs i2; docker inspect -f '{{.State.ExitCode}}' i2; docker rm i2",
  'docker run -d --init --name i3 ubuntu:20.04 sleep 1000; docker kill -s INT i3; docker wait i3; docker rm i3',
  run('--pids-limit 1', 'echo a; echo $(echo hi); echo end'),
  run('--pids-limit 1', '(echo sub); echo end'),
  run('--pids-limit 1', 'trap "echo bye" EXIT; ls; echo end'),
  run('--pids-limit 1', 'ls & echo end'),
  run('--pids-limit 2', 'ls -d /; sleep 30 & echo bg; ls; echo end'),
  run('--pids-limit 5', 'for i in 1 2 3 4 5 6; do sleep 30 & done; echo end'),
  run('--pids-limit 0', 'sleep 0 & sleep 0 & wait; echo end'),
  run('--pids-limit -1', 'sleep 0 & sleep 0 & wait; echo end'),
  run('--init --pids-limit 2', 'ls; echo end'),
  'docker run --rm --init --pids-limit 1 ubuntu:20.04 true; echo rc=$?',
  ...['-5', '-1', '0', '1', '100'].map(
    (count, at) =>
      `docker create --pids-limit ${count} --name q${at} ubuntu:20.04 true > /dev/null; ${limit(`q${at}`)}`,
  ),
  ...['5', '0', '-1', '0'].map((count) => `docker update --pids-limit ${count} q2; ${limit('q2')}`),
  run(
    '--ulimit nofile=100:200 --ulimit core=0 --ulimit cpu=5',
    'ulimit -n; ulimit -Hn; ulimit -c; ulimit -t',
  ),
  run(
    '--ulimit nofile=100:200 --ulimit fsize=1024:-1 --ulimit nproc=50:60',
    'grep -E "files|size|processes" /proc/self/limits | grep -v core',
  ),
  run('--ulimit fsize=1024', 'yes > /x; wc -c < /x'),
  'docker run --rm --ulimit nofile=x ubuntu:20.04 true',
  'docker run --rm --ulimit nofile=5:y ubuntu:20.04 true',
  'docker run --rm --ulimit nofile=5:3 ubuntu:20.04 true',
  'docker run --rm --ulimit nofile ubuntu:20.04 true',
  "docker create --name u1 --ulimit nofile=100 --ulimit nproc=5:6 ubuntu:20.04 true; docker inspect -f '{{json .HostConfig.Ulimits}}' u1",
  "printf 'FROM ubuntu:20.04\\nRUN ulimit -n; ulimit -Hn; ulimit -c\\n' | docker build --ulimit nofile=333:444 --ulimit core=0 -",
  'docker build --ulimit foo=1 - < /dev/null',
  'docker build --ulimit nofile=x - < /dev/null',
  'docker build --ulimit nofile=5:3 - < /dev/null',
  "printf 'junk\\n' > junk; printf '#!/nosuch\\n' > noint; : > empty; chmod +x junk noint empty",
  ...['junk', 'noint', 'empty'].flatMap((name) => [
    `docker create --name x${name} ubuntu:20.04 /${name}; docker cp ${name} x${name}:/; docker start -a x${name}; echo rc=$?`,
    `docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{json .State.Error}}' x${name}; docker logs x${name}`,
  ]),
  'docker start xjunk; docker wait xjunk; docker logs xjunk',
  'docker create --name xi --init ubuntu:20.04 /junk; docker cp junk xi:/; docker start -a xi; echo rc=$?',
  'docker run -d --name p3 ubuntu:20.04 sleep 1000; docker cp junk p3:/; docker exec p3 /junk; echo rc=$?; docker exec p3 junk; echo rc=$?',
  'docker cp noint p3:/; docker exec p3 /noint; echo rc=$?',
  'printf \'FROM ubuntu:20.04\\nCOPY junk /\\nRUN ["/junk"]\\n\' > Dockerfile; docker build . 2>&1 | tail -2',
];
