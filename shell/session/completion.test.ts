// Tab and colours at the login shell, through the keys and bytes of its terminal.
import test from 'ava';
import { virtualClock } from '../fs/clock.ts';
import { createSession, type Session } from './session.ts';

const strip = (text: string): string => text.replace(/\x1b\[[0-9;?]*[A-Za-z]|[\r\x07]/g, '');
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Desk {
  readonly session: Session = createSession({ clock: virtualClock(), columns: 80, rows: 24 });
  raw = '';

  constructor() {
    this.session.onOutput((bytes) => {
      this.raw += Buffer.from(bytes).toString('utf8');
    });
  }

  /** Types and waits until the screen has been sent the text. */
  async types(keys: string, wanted: string): Promise<string> {
    this.raw = '';
    this.session.input(new TextEncoder().encode(keys));
    for (let i = 0; i < 20_000 && !strip(this.raw).includes(wanted); i++) await turn();
    if (!strip(this.raw).includes(wanted))
      throw new Error(`not shown: ${wanted}; but ${JSON.stringify(this.raw)}`);
    return this.raw;
  }

  /** What the line is after these keys: it is run as the argument of a command that shows it. */
  async completes(keys: string): Promise<string> {
    await this.session.atPrompt();
    this.raw = '';
    const shown = new Promise<string>((resolve) => {
      const stop = this.session.onCommand((event) => {
        if (event.kind !== 'begin') return;
        stop();
        resolve(event.line);
      });
    });
    this.session.input(new TextEncoder().encode(`${keys}\x01: \r`));
    const line = await shown;
    await this.session.atPrompt();
    return line.slice(2);
  }
}

test('docker: subcommands, flags, containers by what can be done to them, images, volumes', async (t) => {
  const desk = new Desk();
  await desk.session.run('docker run -d --name web-up ubuntu:20.04 tail -f /dev/null');
  await desk.session.run('docker create --name web-down ubuntu:20.04 true');
  await desk.session.run('docker volume create data');
  const rows: readonly [keys: string, line: string][] = [
    ['docker ver\t', 'docker version '],
    ['docker conta\tinsp\t', 'docker container inspect '],
    ['docker run --entryp\t', 'docker run --entrypoint '],
    ['docker stop \t', 'docker stop web-up '],
    ['docker start \t', 'docker start web-down '],
    ['docker rm web-\t', 'docker rm web-'],
    ['docker rm web-up w\t', 'docker rm web-up web-down '],
    ['docker exec -it \tca\t', 'docker exec -it web-up ca'],
    ['docker run -it --rm u\t', 'docker run -it --rm ubuntu:20.04 '],
    ['docker volume rm \t', 'docker volume rm data '],
    ['docker run -v da\t/x \t', 'docker run -v data:/x ubuntu:20.04 '],
    ['docker cp web-u\t/etc/hosts .', 'docker cp web-up:/etc/hosts .'],
    ['docker --context x rmi ubu\t', 'docker --context x rmi ubuntu:20.04 '],
    ['sudo docker logs web-d\t', 'sudo docker logs web-down '],
    ['docker build -f /etc/host\tname', 'docker build -f /etc/hostname'],
  ];
  for (const [keys, line] of rows) t.is(await desk.completes(keys), line, keys);
  t.regex(strip(await desk.types('docker rm web-\t\t', 'web-up\n')), /\nweb-down {2}web-up\n/);
  desk.session.close();
});

test('operands: verbs, packages, mounts, accounts, commands, signals, jobs', async (t) => {
  const desk = new Desk();
  await desk.session.run('sleep 1d &');
  const rows: readonly [keys: string, line: string][] = [
    ['sudo apt-get inst\tcur\t', 'sudo apt-get install curl '],
    ['sudo systemctl rest\tdoc\t', 'sudo systemctl restart docker.service '],
    ['service doc\tstat\t', 'service docker status '],
    ['umount /pr\t', 'umount /proc '],
    ['id lear\t', 'id learner '],
    ['sudo chown dae\t/et\t', 'sudo chown daemon /etc/'],
    ['type md5s\t', 'type md5sum '],
    ['kill -SIGTE\t%\t', 'kill -SIGTERM %1 '],
    ['unset HISTSI\t', 'unset HISTSIZE '],
    ['set -o pipef\t', 'set -o pipefail '],
    ['shopt -s nullg\t', 'shopt -s nullglob '],
  ];
  for (const [keys, line] of rows) t.is(await desk.completes(keys), line, keys);
  desk.session.close();
});

test('what complete has said of a command: words, actions, functions', async (t) => {
  const desk = new Desk();
  await desk.session.run(
    "complete -W 'alpha beta' tool; complete -u mailto; complete -o nospace -W 'a=' set-to",
  );
  await desk.session.run(
    '_f() { COMPREPLY=($(compgen -W "start-$COMP_CWORD stop" -- "$2")); }; complete -F _f mine',
  );
  const rows: readonly [keys: string, line: string][] = [
    ['tool al\t', 'tool alpha '],
    ['mailto lear\t', 'mailto learner '],
    ['set-to a\t', 'set-to a='],
    ['mine x sta\t', 'mine x start-2 '],
  ];
  for (const [keys, line] of rows) t.is(await desk.completes(keys), line, keys);
  desk.session.close();
});

test('variables, flags from the help of programs, redirections, paths behind a sign', async (t) => {
  const desk = new Desk();
  await desk.session.run('touch "a b" plain; mkdir sub');
  const rows: readonly [keys: string, line: string][] = [
    ['echo $HO\t', 'echo $HO'],
    ['echo $HOM\t', 'echo $HOME/'],
    ['echo "${HOSTN\t"', 'echo "${HOSTNAME}"'],
    ['ls --hum\t', 'ls --human-readable '],
    ['head --by\t', 'head --bytes='],
    ['cat < pl\t', 'cat < plain '],
    ['cat a\t', 'cat a\\ b '],
    ['cat "a\t', 'cat "a b" '],
    ['cd s\t', 'cd sub/'],
    ['x=pl\t', 'x=plain '],
    ['dd if=pl\t', 'dd if=plain '],
    ['ls | whoam\t', 'ls | whoami '],
    ['~ro\t', '~root/'],
  ];
  for (const [keys, line] of rows) t.is(await desk.completes(`${keys}`), line, keys);
  desk.session.close();
});

test('a hundred candidates are shown only to those who say so', async (t) => {
  const desk = new Desk();
  await desk.session.run('mkdir many; cd many; touch file{1..120}');
  await desk.types('cat \t\t\t', 'Display all 120 possibilities? (y or n)');
  t.notRegex(await desk.types('n', '$ cat file'), /file7/);
  await desk.types('\t\t', '(y or n)');
  t.regex(strip(await desk.types('y', 'file103')), /file1 +file/);
  desk.session.close();
});

test('a line is coloured and completed from the history, unless NO_COLOR says no', async (t) => {
  const desk = new Desk();
  await desk.session.run('echo some words');
  const shown = await desk.types('ech', 'echo some words');
  t.true(shown.includes('\x1b[2mo some words\x1b[m'));
  t.true((await desk.types('\x1b[C\r', 'some words\nlearner')).includes('\x1b[32mecho\x1b[m'));
  await desk.session.run('NO_COLOR=1');
  const plain = await desk.types('ech', 'ech');
  t.false(strip(plain).includes('some'));
  t.notRegex(plain, /\x1b\[[0-9;]*m/);
  desk.session.close();
});
