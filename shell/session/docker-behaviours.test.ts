import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { DockerLab } from './docker-lab.ts';
import { engineWords } from './engine-words.ts';
import { parseTranscript, type TranscriptStep } from './transcript.ts';
import { upperListing } from './upper-listing.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/reference/docker');
const required = process.env.COWSH_ORACLES === '1';

const dockerfile = `FROM ubuntu:20.04
COPY busybox /bin/busybox
RUN mkdir -p /data/dir/sub /data/olddir && echo one > /data/one.txt && echo two > /data/two.txt && echo three > /data/three.txt
RUN for i in a b c; do echo $i > /data/dir/$i; done; echo s > /data/dir/sub/s; echo o > /data/olddir/o
RUN echo linked > /data/h1 && ln /data/h1 /data/h2 && ln -s one.txt /data/sym && ln -s /data/dir /data/dirsym && ln -s nowhere /data/dangling
RUN truncate -s 104857600 /data/big.bin
CMD ["sleep", "infinity"]`;
const setup = `mkdir -p /lab; cd /lab; docker create --name bb busybox; docker cp bb:/bin/busybox busybox; docker rm bb
cat > Dockerfile <<'END'\n${dockerfile}\nEND\ndocker build -q -t cowlab .`;

/** Programs that this image has not: their steps say nothing about docker. */
const absent = /cowsh does not simulate|executable file not found/;

const words = (text: string): string =>
  engineWords(text)
    .replace(/^total \d+$/gm, 'total N')
    .replace(/\bino=\d+/g, 'ino=N')
    .replace(/(dd if=\/dev\/urandom of=|truncate -s 104857600 )\/data\/big\.b…/, 'MAKE BIG');

/** The tool of that lab printed the upper directory after each diff, and two more sizes after ps. */
const asked = (command: string): string =>
  command.startsWith('docker ps -s')
    ? "docker ps -s --filter name=t1 --format '{{.Names}} SIZE={{.Size}}'; docker inspect -s -f 'SizeRw={{.SizeRw}}' t1"
    : command;

const answer = async (lab: DockerLab, { command }: TranscriptStep): Promise<string> => {
  const { output, status } = await lab.run(asked(command), '/lab');
  if (command !== 'docker diff t1') return `${words(output)}\n[${status}]`;
  return `${words(output)}\n[${status}]\n${upperListing(lab.machine.init, (await lab.run("docker inspect -f '{{.GraphDriver.Data.UpperDir}}' t1")).stdout.trim())}`;
};

/** Block counts and directory sizes are the disk's; the uuid is nobody's. */
const expectation = ({ command, output, status }: TranscriptStep): string => {
  if (command !== 'docker diff t1') return `${words(output)}\n[${status}]`;
  const [diff = '', upper = ''] = output.split('# upper dir on the host:\n');
  const listing = upper
    .replace(/ blocks512=\d+/g, '')
    .replace(/^(\S+ {2}d mode=\d+) size=\d+ nlink=\d+/gm, '$1')
    .replace(/^(\S+ {2}CHARDEV mode=0) nlink=\d+/gm, '$1')
    .replace(/^trusted\.overlay\.uuid=.*\n?/gm, '')
    .replace(/^(trusted\.overlay\.origin)=.*$/gm, '$1')
    .split('\n')
    .filter((line) => line !== '');
  return `${words(diff)}\n[${status}]\n${listing.join('\n')}`;
};

const bySection = (steps: readonly TranscriptStep[]): Map<string, TranscriptStep[]> =>
  Map.groupBy(
    steps.filter((step) => step.section !== '' && / t1\b|name=t1/.test(step.command)),
    (step) => step.section,
  );

/** Steps compared at least. */
const files = { '04-behaviours.txt': 50, '05-behaviours-files.txt': 85, '06-bigfile-overlay2.txt': 12 };

for (const [file, least] of Object.entries(files)) {
  const title = `files in a container, as a real engine keeps them: ${file}`;
  const path = join(folder, file);
  if (!existsSync(path)) {
    if (required) test(title, (t) => t.fail(`${path} is not there`));
    else test.skip(title, () => {});
    continue;
  }
  test(title, async (t) => {
    const lab = new DockerLab();
    await lab.prepare(setup);
    const differences: string[] = [];
    let compared = 0;
    for (const [section, steps] of bySection(parseTranscript(readFileSync(path, 'utf8')))) {
      await lab.prepare('docker rm -f t1; sleep 2; docker run -d --name t1 cowlab');
      for (const step of steps) {
        if (/exp\.sh|lib\.sh/.test(step.command)) continue;
        const ours = await answer(lab, step);
        if (absent.test(ours)) break;
        if (/'time /.test(step.command)) continue;
        compared += 1;
        const theirs = expectation(step);
        if (ours !== theirs)
          differences.push(`${section}\n$ ${step.command}\n--- the engine\n${theirs}\n+++ cowsh\n${ours}\n`);
      }
    }
    t.deepEqual(differences, []);
    t.log(`${compared} steps compared`);
    t.true(compared >= least, `${compared} steps compared`);
  });
}
