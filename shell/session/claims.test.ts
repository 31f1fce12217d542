// What Docker's pages claim (D1 to D55), shown on a machine. The last test knows which claims nobody has shown yet.

import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { isFsError } from '../fs/errno.ts';
import { excuses } from './claim-excuses.ts';
import { DockerLab } from './docker-lab.ts';

const MIB = 1_048_576;

/** The lines that a script prints; it has to succeed. */
const lines = async (lab: DockerLab, script: string): Promise<string[]> => {
  const { stdout, output, status } = await lab.run(script);
  if (status !== 0) throw new Error(`${script}: status ${status}: ${output}`);
  return stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n');
};

const line = async (lab: DockerLab, script: string): Promise<string> => (await lines(lab, script)).join('\n');

const dockerfile = (...instructions: readonly string[]): string =>
  `mkdir -p /b; cd /b; printf '%s\\n' ${instructions.map((text) => `'${text}'`).join(' ')} > Dockerfile`;

const upperOf = (container: string): string =>
  `$(docker inspect -f '{{.GraphDriver.Data.UpperDir}}' ${container})`;

type Proof = (t: ExecutionContext, lab: DockerLab) => Promise<void>;

const claim = (title: string, prove: Proof, options: ConstructorParameters<typeof DockerLab>[0] = {}): void =>
  test(title, (t) => prove(t, new DockerLab(options)));

claim('D1: what changes files makes a layer, what changes metadata takes 0 bytes', async (t, lab) => {
  await lines(
    lab,
    `${dockerfile('FROM ubuntu:20.04', 'LABEL a=b', 'RUN echo one > /one', 'ENV X=1', 'CMD ["sh"]')}; docker build -q -t i .`,
  );
  const sizes = await lines(lab, "docker history --format '{{.Size}} {{.CreatedBy}}' i | head -4");
  t.deepEqual(
    sizes.map((text) => text.split(' ')[0]),
    ['0B', '0B', '4B', '0B'],
  );
  t.is(await line(lab, "docker inspect -f '{{len .RootFS.Layers}}' ubuntu:20.04 i | tr '\\n' ' '"), '1 2 ');
});

claim('D2: a layer holds only what differs from the one below', async (t, lab) => {
  await lines(lab, `${dockerfile('FROM ubuntu:20.04', 'RUN echo one > /etc/one')}; docker build -q -t i .`);
  t.deepEqual(await lines(lab, `cd ${upperOf('i')}; find . | sort`), ['.', './etc', './etc/one']);
});

claim(
  'D3: removing makes a layer too, and the image keeps the bytes: a secret stays readable',
  async (t, lab) => {
    await lines(
      lab,
      `${dockerfile('FROM ubuntu:20.04', 'RUN echo secret > /key', 'RUN rm /key')}; docker build -q -t i .`,
    );
    t.deepEqual(await lines(lab, "docker history --format '{{.Size}}' i | head -2"), ['0B', '7B']);
    const [before, after] = await lines(lab, "docker inspect -f '{{.Size}}' ubuntu:20.04 i");
    t.is(Number(after) - Number(before), 7);
    t.is(
      await line(lab, "cat $(docker inspect -f '{{.GraphDriver.Data.LowerDir}}' i | cut -d: -f1)/key"),
      'secret',
    );
  },
);

claim(
  'D4, D6: image layers are read-only and shared; each container writes in a thin layer of its own',
  async (t, lab) => {
    await lines(
      lab,
      'docker run -d --name box ubuntu:20.04 tail -f /dev/null; docker run -d --name two ubuntu:20.04 tail -f /dev/null',
    );
    const lower = "$(docker inspect -f '{{.GraphDriver.Data.LowerDir}}' box | cut -d: -f2)";
    const sum = `cd ${lower}; cat etc/issue etc/passwd | sha256sum`;
    const before = await line(lab, sum);
    await lines(lab, "docker exec box sh -c 'echo mine > /etc/issue; rm /etc/passwd'");
    t.is(await line(lab, sum), before);
    t.not(await line(lab, 'docker exec two cat /etc/issue'), 'mine');
    t.is(
      await line(
        lab,
        "docker inspect -f '{{.GraphDriver.Data.LowerDir}}' box two | cut -d: -f2 | sort -u | wc -l",
      ),
      '1',
    );
  },
);

claim(
  'D5, D48: stop keeps the writable layer, rm ends it; a volume outlives its container',
  async (t, lab) => {
    await lines(
      lab,
      "docker run -d --name box -v data:/d ubuntu:20.04 tail -f /dev/null; docker exec box sh -c 'echo k > /kept; echo v > /d/v'",
    );
    await lines(lab, 'docker stop -t 0 box; docker start box');
    t.is(await line(lab, 'docker exec box cat /kept'), 'k');
    const upper = await line(lab, `echo ${upperOf('box')}`);
    await lines(lab, 'docker rm -f box');
    t.is((await lab.run(`ls ${upper}`)).status, 2);
    t.is((await lab.run('docker run --rm ubuntu:20.04 cat /kept')).status, 1);
    t.is(await line(lab, 'docker run --rm -v data:/d ubuntu:20.04 cat /d/v'), 'v');
  },
);

claim(
  'D7, D8, D15: five containers are 0 bytes; virtual sizes share one image and are not to be added',
  async (t, lab) => {
    await lines(lab, 'for i in 1 2 3 4 5; do docker run -d --name c$i ubuntu:20.04 tail -f /dev/null; done');
    await lines(lab, "for i in 1 2 3; do docker exec c$i sh -c 'printf hello > /out.txt'; done");
    const sizes = await lines(lab, "docker ps -s --format '{{.Names}} {{.Size}}' | sort | cut -d' ' -f1,2");
    t.deepEqual(sizes, ['c1 5B', 'c2 5B', 'c3 5B', 'c4 0B', 'c5 0B']);
    const image = Number(await line(lab, "docker inspect -f '{{.Size}}' ubuntu:20.04"));
    const roots = await lines(lab, "docker inspect -s -f '{{.SizeRw}} {{.SizeRootFs}}' c1 c4");
    t.deepEqual(roots, [`5 ${image + 5}`, `0 ${image}`]);
    t.regex(await line(lab, "docker system df --format '{{.Type}} {{.Size}}' | grep Containers"), / 15B$/);
  },
);

claim(
  'D9, D16: logs, volumes and documents are not counted; they take some 36 kB a container',
  async (t, lab) => {
    await lines(
      lab,
      "docker run --name box -v data:/d ubuntu:20.04 sh -c 'head -c 100000 /dev/zero > /d/big; seq 1000'",
    );
    t.is(await line(lab, "docker inspect -s -f '{{.SizeRw}}' box"), '0');
    const home = "/var/lib/docker/containers/$(docker inspect -f '{{.Id}}' box)";
    t.true(Number(await line(lab, `stat -c %s ${home}/*-json.log`)) > 50_000);
    await lines(lab, 'docker run -d --name quiet ubuntu:20.04 tail -f /dev/null');
    const kib = Number(
      await line(lab, "du -sk /var/lib/docker/containers/$(docker inspect -f '{{.Id}}' quiet) | cut -f1"),
    );
    t.true(kib > 12 && kib < 64, `${kib} KiB`);
  },
);

claim(
  'D10, D11, D12, D26: reading copies nothing; the first write copies up, the second writes into the copy',
  async (t, lab) => {
    await lines(
      lab,
      'docker run -d --name box ubuntu:20.04 tail -f /dev/null; docker exec box cat /etc/issue',
    );
    const upper = await line(lab, `echo ${upperOf('box')}`);
    t.deepEqual(await lines(lab, `find ${upper} -type f`), []);
    await lines(lab, "docker exec box sh -c 'echo x >> /etc/issue'");
    const first = await line(lab, `stat -c %i ${upper}/etc/issue`);
    await lines(lab, "docker exec box sh -c 'echo y >> /etc/issue'");
    t.is(await line(lab, `stat -c %i ${upper}/etc/issue`), first);
    t.deepEqual(await lines(lab, `tail -2 ${upper}/etc/issue`), ['x', 'y']);
  },
);

claim('D13, D24: a chmod, or one byte, brings the whole file up', async (t, lab) => {
  await lines(
    lab,
    `${dockerfile('FROM ubuntu:20.04', `RUN truncate -s ${MIB} /big /mode`)}; docker build -q -t i .`,
  );
  await lines(lab, "docker run -d --name box i tail -f /dev/null; docker exec box sh -c 'chmod 600 /mode'");
  t.is(await line(lab, "docker inspect -s -f '{{.SizeRw}}' box"), String(MIB));
  await lines(lab, "docker exec box sh -c 'printf x | dd of=/big bs=1 seek=5 conv=notrunc 2> /dev/null'");
  t.is(await line(lab, "docker inspect -s -f '{{.SizeRw}}' box"), String(2 * MIB));
});

claim(
  'D14: an image shares its base’s layers; a pulled one has <missing> steps; chmod +x costs the file',
  async (t, lab) => {
    const steps = ['FROM ubuntu:20.04', 'COPY hello.sh /hello.sh', 'RUN chmod +x /hello.sh'];
    await lines(lab, `${dockerfile(...steps)}; printf '%039d' 0 > hello.sh; docker build -q -t i .`);
    t.deepEqual(await lines(lab, "docker history --format '{{.Size}}' i | head -2"), ['39B', '39B']);
    const [base, own] = await lines(lab, "docker inspect -f '{{index .RootFS.Layers 0}}' ubuntu:20.04 i");
    t.is(base, own);
    t.true(
      (await line(lab, "docker history --format '{{.ID}}' ubuntu:20.04 | tail -n +2 | sort -u")).includes(
        '<missing>',
      ),
    );
  },
);

claim('D17, D22: directories of layers have names of their own, and short links', async (t, lab) => {
  const top = "$(docker inspect -f '{{.GraphDriver.Data.UpperDir}}' ubuntu:20.04)";
  const name = await line(lab, `basename $(dirname ${top})`);
  const id = await line(lab, "docker inspect -f '{{index .RootFS.Layers 0}}' ubuntu:20.04");
  t.false(id.includes(name));
  const link = await line(lab, `cat $(dirname ${top})/link`);
  t.is(link.length, 26);
  t.is(await line(lab, `readlink /var/lib/docker/overlay2/l/${link}`), `../${name}/diff`);
  await lines(lab, 'docker run -d --name box ubuntu:20.04 tail -f /dev/null');
  t.deepEqual(await lines(lab, `ls $(dirname ${upperOf('box')})`), [
    'diff',
    'link',
    'lower',
    'merged',
    'work',
  ]);
});

claim('D18: a container is made without a copy, however big its image', async (t, lab) => {
  await lines(
    lab,
    `${dockerfile('FROM ubuntu:20.04', `RUN truncate -s ${50 * MIB} /big`)}; docker build -q -t i .`,
  );
  const used = "df -k / | tail -1 | awk '{print $3}' 2> /dev/null || true";
  const blocks = 'du -sk /var/lib/docker/overlay2 | cut -f1';
  const before = Number(await line(lab, blocks));
  await lines(lab, 'docker create --name box i tail -f /dev/null');
  t.true(Number(await line(lab, blocks)) - before < 200, used);
});

claim(
  'D19, D43: vfs copies everything for every layer',
  async (t, lab) => {
    await lines(
      lab,
      `${dockerfile('FROM busybox', `RUN truncate -s ${MIB} /one`, 'RUN touch /two')}; docker build -q -t i .`,
    );
    const sizes = (
      await lines(lab, 'du -sk --apparent-size /var/lib/docker/vfs/dir/* | cut -f1 | sort -n')
    ).map(Number);
    const image = Number(await line(lab, "docker inspect -f '{{.Size}}' i"));
    t.true(sizes.filter((kib) => kib * 1024 > image - 100_000).length >= 2, sizes.join(' '));
  },
  { storageDriver: 'vfs' },
);

claim('D21, D23: lower, upper, work and merged; what is in both is the container’s', async (t, lab) => {
  await lines(
    lab,
    "docker run -d --name box ubuntu:20.04 tail -f /dev/null; docker exec box sh -c 'echo own > /own; echo mine > /etc/issue'",
  );
  const mounted = await line(lab, "docker exec box grep ' / ' /proc/mounts");
  t.regex(mounted, /^overlay \/ overlay rw.*lowerdir=[^,]+,upperdir=[^,]+\/diff,workdir=[^,]+\/work/);
  t.deepEqual(await lines(lab, 'docker exec box cat /own /etc/issue'), ['own', 'mine']);
  t.is((await lab.run('docker exec box cat /etc/debian_version')).status, 0);
  const merged = "$(docker inspect -f '{{.GraphDriver.Data.MergedDir}}' box)";
  t.is(await line(lab, `cat ${merged}/own`), 'own');
});

claim(
  'D27, D28: a deleted file is a whiteout, so is a directory; one made anew in its place is opaque',
  async (t, lab) => {
    await lines(
      lab,
      "docker run -d --name box ubuntu:20.04 tail -f /dev/null; docker exec box sh -c 'rm /etc/issue; rm -r /etc/apt'",
    );
    const upper = await line(lab, `echo ${upperOf('box')}`);
    const kinds = `stat -c '%F %t,%T' ${upper}/etc/issue ${upper}/etc/apt`;
    t.deepEqual(await lines(lab, kinds), ['character special file 0,0', 'character special file 0,0']);
    t.is(
      await line(
        lab,
        "cat $(docker inspect -f '{{.GraphDriver.Data.LowerDir}}' box | cut -d: -f2)/etc/issue | wc -l",
      ),
      '2',
    );
    await lines(lab, 'docker exec box mkdir /etc/apt');
    const mark = lab.machine.init.getxattr(`${upper}/etc/apt`, 'trusted.overlay.opaque', { follow: true });
    t.is(Buffer.from(mark).toString(), 'y');
    t.deepEqual(await lines(lab, 'docker exec box ls /etc/apt'), []);
  },
);

claim('D29: a directory of the image cannot be renamed across layers; mv copies instead', async (t, lab) => {
  await lines(lab, 'docker run -d --name box ubuntu:20.04 tail -f /dev/null');
  const merged = await line(lab, "docker inspect -f '{{.GraphDriver.Data.MergedDir}}' box");
  const code = (() => {
    try {
      lab.machine.init.rename(`${merged}/etc/apt`, `${merged}/etc/moved`, 0);
      return 'renamed';
    } catch (error) {
      return isFsError(error) ? error.code : String(error);
    }
  })();
  t.is(code, 'EXDEV');
  await lines(lab, "docker exec box sh -c 'mv /etc/apt /etc/moved; mkdir /mine; mv /mine /yours'");
  t.is((await lab.run('docker exec box ls -d /etc/moved /yours')).status, 0);
});

// Up to Linux 4.18 such a descriptor kept the file of the image, as Docker's page still says.
claim('D30: a descriptor opened before the copy-up follows it, as since Linux 4.19', async (t, lab) => {
  const script = 'exec 3< /etc/issue; echo new >> /etc/issue; cat <&3';
  const shown = await lines(lab, `docker run --rm ubuntu:20.04 sh -c '${script}'`);
  t.true(shown[0]?.startsWith('Ubuntu'));
  t.is(shown.at(-1), 'new');
});

claim(
  'D32, D52, D20: a volume bypasses the driver, and its bytes are not the container’s',
  async (t, lab) => {
    await lines(
      lab,
      "docker run -d --name box -v data:/d ubuntu:20.04 tail -f /dev/null; docker exec box sh -c 'head -c 5000 /dev/zero > /d/f'",
    );
    t.is(await line(lab, "docker inspect -s -f '{{.SizeRw}}' box"), '0');
    t.is(await line(lab, 'stat -c %s /var/lib/docker/volumes/data/_data/f'), '5000');
    t.deepEqual(await lines(lab, `find ${upperOf('box')} -type f`), []);
  },
);

claim(
  'D33: another driver has other images and containers; those of the first come back with it',
  async (t, lab) => {
    await lines(lab, 'docker create --name box ubuntu:20.04');
    await lines(
      lab,
      'mkdir -p /etc/docker; echo \'{"storage-driver": "vfs"}\' > /etc/docker/daemon.json; systemctl restart docker',
    );
    t.is(await line(lab, "docker info -f '{{.Driver}} {{.Images}} {{.Containers}}'"), 'vfs 0 0');
    await lines(lab, 'rm /etc/docker/daemon.json; systemctl restart docker');
    t.is(await line(lab, "docker info -f '{{.Driver}} {{.Images}} {{.Containers}}'"), 'overlay2 1 1');
  },
);

claim(
  'D49, D50: an empty named volume takes what the image has there, a full one hides it, as a bind mount does',
  async (t, lab) => {
    const list = (mount: string): string => `docker run --rm ${mount} ubuntu:20.04 ls /etc | grep -c .`;
    const all = Number(await line(lab, list('')));
    t.true(Number(await line(lab, list('-v fresh:/etc'))) >= all - 3);
    await lines(
      lab,
      'mkdir -p /empty; docker volume create used; touch /var/lib/docker/volumes/used/_data/only',
    );
    t.true(Number(await line(lab, list('-v used:/etc'))) < 6);
    t.true(Number(await line(lab, list('-v /empty:/etc'))) < 6);
    t.true(Number(await line(lab, list('--mount type=volume,src=none,dst=/etc,volume-nocopy'))) < 6);
  },
);

claim('D51: --rm takes anonymous volumes along, named ones stay', async (t, lab) => {
  await lines(lab, 'docker run --rm -v /anonymous -v named:/n ubuntu:20.04 true');
  t.deepEqual(await lines(lab, 'docker volume ls -q'), ['named']);
});

claim(
  'D53: a tmpfs is memory: nothing of it reaches the disk, and it is gone after a stop',
  async (t, lab) => {
    await lines(
      lab,
      "docker run -d --name box --tmpfs /t ubuntu:20.04 tail -f /dev/null; docker exec box sh -c 'echo x > /t/f'",
    );
    t.deepEqual(await lines(lab, `find ${upperOf('box')} -type f`), []);
    await lines(lab, 'docker stop -t 0 box; docker start box');
    t.deepEqual(await lines(lab, 'docker exec box ls /t'), []);
  },
);

claim('D54: commit makes a layer of the writable one, again and again', async (t, lab) => {
  await lines(
    lab,
    "docker run --name box ubuntu:20.04 sh -c 'echo 12345 > /app'; docker commit -m one box first",
  );
  await lines(lab, "docker run --name two first sh -c 'echo 1 > /more'; docker commit -m two two second");
  t.deepEqual(await lines(lab, "docker history --format '{{.Size}} {{.Comment}}' second | head -2"), [
    '2B two',
    '6B one',
  ]);
  t.deepEqual(await lines(lab, 'docker run --rm second cat /app /more'), ['12345', '1']);
});

claim(
  'D55: unchanged steps come from the cache; the first that differs ends that for all after it',
  async (t, lab) => {
    const steps = ['FROM ubuntu:20.04', 'RUN echo a > /a', 'COPY f /f', 'RUN echo b > /b'];
    const layers =
      "docker build -q -t i . > /dev/null; docker inspect -f '{{range .RootFS.Layers}}{{println .}}{{end}}' i";
    const first = await lines(lab, `${dockerfile(...steps)}; echo 1 > f; ${layers}`);
    const ids = async (): Promise<string[]> => lines(lab, 'docker history -q i');
    const before = await ids();
    t.deepEqual(await lines(lab, `cd /b; ${layers}`), first);
    t.deepEqual(await ids(), before);
    const changed = await lines(lab, `cd /b; echo 2 > f; ${layers}`);
    t.deepEqual(changed.map((layer, at) => layer === first[at]).slice(0, 3), [true, true, false]);
  },
);

// What learners get wrong: 6. (1 is D5, 2 and 14 are D3, 3 is D13, 4 is D24, 5 is D29, 7 is D30, 8 is D28, 9 is D4,
// 10 is D7, 11 is D50, 12 is D14, 16 and 17 are D35 to D44.)
claim('K10: a write through one of two hard links of the image breaks them apart', async (t, lab) => {
  await lines(
    lab,
    `${dockerfile('FROM ubuntu:20.04', 'RUN echo old > /one && ln /one /two')}; docker build -q -t i .`,
  );
  await lines(lab, 'docker run -d --name box i tail -f /dev/null');
  t.is(await line(lab, 'docker exec box stat -c %h /one'), '2');
  await lines(lab, "docker exec box sh -c 'echo new > /one'");
  t.deepEqual(await lines(lab, 'docker exec box cat /one /two'), ['new', 'old']);
  t.is(await line(lab, "docker inspect -s -f '{{.SizeRw}}' box"), '4');
});

test('every claim is shown, or it is said why not', (t) => {
  const here = dirname(fileURLToPath(import.meta.url));
  const sources = globSync('**/*.test.ts', { cwd: join(here, '..') }).map((path) =>
    readFileSync(join(here, '..', path), 'utf8'),
  );
  const cited = new Set(sources.flatMap((source) => source.match(/\bD\d+\b(?=[^\n]*:)/g) ?? []));
  const all = Array.from({ length: 55 }, (_, at) => `D${at + 1}`);
  const open = all.filter((id) => !cited.has(id) && !Object.hasOwn(excuses, id));
  t.deepEqual(open, []);
  t.deepEqual(
    Object.keys(excuses).filter((id) => !all.includes(id)),
    [],
  );
});
