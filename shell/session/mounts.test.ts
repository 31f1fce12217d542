// Differential test: the same lines about mounts with util-linux on this machine's kernel and in cowsh.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import test from 'ava';
import { runReal } from '../commands/real-program.ts';
import { DockerLab } from './docker-lab.ts';
import { mountCases } from './mount-cases.ts';

const ready =
  process.getuid?.() === 0 &&
  /util-linux 2\.38/.test(spawnSync('mount', ['--version'], { encoding: 'utf8' }).stdout ?? '') &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/tmp']).status === 0;

if (!ready && process.env.COWSH_ORACLES === '1') {
  test('util-linux 2.38 is here, and may mount', (t) => t.fail('COWSH_ORACLES=1 asks for them'));
}

const PLACE = '/tmp/cowsh-mounts';

/** Mounts of this machine's containers are not looked at: in a namespace of their own they go without being missed. */
const ALONE = 'umount -a -t overlay 2>/dev/null';

const PRELUDE = `export LC_ALL=C.UTF-8; mount -t tmpfs none ${PLACE}; cd ${PLACE}; mkdir l1 l2 u w m b t p l1/sub
echo y > l1/a; echo 'echo runs' > l1/x; chmod 755 l1/x`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Says each line, what it prints, and its status. */
const scriptOf = (lines: readonly string[]): string =>
  `exec 2>&1; ${PRELUDE}\n${lines.map((line) => `echo ${quoted(`$ ${line}`)}\n${line}\necho "=$?"`).join('\n')}`;

/** What this machine's kernel was built to show besides, and the name of a shell's script. */
const steady = (text: string): string =>
  text
    .replaceAll(/,(uuid|redirect_dir)=on/g, '')
    .replaceAll(/ +$/gm, '')
    .replaceAll(/^\S+: line \d+: /gm, 'bash: ');

/** Columns are as wide as what is in them. */
const narrow = (text: string): string => steady(text).replaceAll(/ {2,}/g, ' ');

for (const [name, lines] of Object.entries(mountCases)) {
  (ready ? test : test.skip)(`mounts as on this machine: ${name}`, async (t) => {
    const script = scriptOf(lines);
    mkdirSync(PLACE, { recursive: true });
    const real = runReal(['unshare', '-m', 'bash', '-c', `${ALONE}\n${script}`], { encoding: 'utf8' }).stdout;
    const lab = new DockerLab();
    await lab.prepare(`mkdir -p ${PLACE}`);
    const { output } = await lab.run(`unshare -m bash -c ${quoted(script)}`);
    t.is(narrow(output), narrow(real));
  });
}
