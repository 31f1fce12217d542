import test from 'ava';
import { virtualClock } from '../fs/clock.ts';
import { createSession, type Session } from './session.ts';

/** A session and what its screen has been sent since the last time it was asked. */
class Keyboard {
  readonly session: Session = createSession({ columns: 80, rows: 24, clock: virtualClock() });
  #printed = '';

  constructor() {
    this.session.onOutput((bytes) => {
      this.#printed += new TextDecoder().decode(bytes);
    });
  }

  type(keys: string): void {
    this.#printed = '';
    this.session.input(new TextEncoder().encode(keys));
  }

  /** Waits until the screen has been sent what is wanted. */
  async see(wanted: RegExp): Promise<string> {
    while (!wanted.test(this.#printed)) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.#printed;
  }

  /** A line at the host's prompt; what it printed. */
  async run(line: string): Promise<string> {
    this.#printed = '';
    await this.session.run(line);
    return this.#printed;
  }
}

const INSIDE = /(# |:\/# )$/;

test('docker exec -it puts one inside until exit, and gives back its status', async (t) => {
  const keyboard = new Keyboard();
  await keyboard.run('docker run -d --name c1 ubuntu:20.04 tail -f /dev/null');
  keyboard.type('docker exec -it c1 sh\r');
  await keyboard.see(INSIDE);
  t.is((await keyboard.session.atPrompt()).container?.name, 'c1');
  keyboard.type('echo hi > /x; cat /x; hostname\r');
  t.regex(await keyboard.see(/hi\r\n[\s\S]*# $/), /hi\r\n[0-9a-f]{12}\r\n/);
  keyboard.type('exit 3\r');
  await keyboard.see(/\$ $/);
  t.is((await keyboard.session.atPrompt()).container, undefined);
  t.regex(await keyboard.run('echo "<$?>"; docker exec c1 cat /x'), /<3>\r\nhi\r\n/);
  keyboard.session.close();
});

test('docker run -it has the terminal: Ctrl-C reaches what runs inside, not docker', async (t) => {
  const keyboard = new Keyboard();
  await keyboard.session.atPrompt();
  keyboard.type('docker run --rm -it ubuntu:20.04 bash\r');
  await keyboard.see(/root@[0-9a-f]{12}:\/# $/);
  keyboard.type('tail -f /dev/null\r');
  await keyboard.see(/2004l\r$/);
  keyboard.type('\x03');
  await keyboard.see(/root@[0-9a-f]{12}:\/# $/);
  keyboard.type('exit\r');
  await keyboard.see(/~\S*\$ $/);
  t.regex(await keyboard.run('docker ps -aq | wc -l'), /\r0\r\n/);
  keyboard.session.close();
});

test('a first process that ignores Ctrl-C: the third one ends docker, and the container runs on', async (t) => {
  const keyboard = new Keyboard();
  await keyboard.session.atPrompt();
  keyboard.type("docker run ubuntu:20.04 sh -c 'echo up; exec tail -f /dev/null'\r");
  await keyboard.see(/\bup\r\n/);
  keyboard.type('\x03\x03\x03');
  await keyboard.see(/got 3 SIGTERM\/SIGINTs, forcefully exiting[\s\S]*\$ $/);
  t.regex(await keyboard.run('docker ps -q | wc -l'), /\r1\r\n/);
  keyboard.session.close();
});

test('Ctrl-C ends a build, and nothing of the step is left', async (t) => {
  const keyboard = new Keyboard();
  await keyboard.run("printf 'FROM ubuntu:20.04\\nRUN echo up; tail -f /dev/null\\n' > Dockerfile");
  keyboard.type('docker build - < Dockerfile\r');
  await keyboard.see(/\bup\r\n/);
  keyboard.type('\x03');
  await keyboard.see(/\$ $/);
  t.regex(await keyboard.run('docker ps -aq | wc -l'), /\r0\r\n/);
  keyboard.session.close();
});

test('a terminal is needed where -t and -i ask for one', async (t) => {
  const keyboard = new Keyboard();
  t.regex(await keyboard.run('echo | docker run -it ubuntu:20.04 sh'), /the input device is not a TTY/);
  t.regex(await keyboard.run('docker run --rm -t ubuntu:20.04 echo fine'), /\rfine\r\n/);
  keyboard.session.close();
});

test('Ctrl-C ends what streams: events, stats, logs -f', async (t) => {
  const keyboard = new Keyboard();
  await keyboard.run('docker run -d --name c1 ubuntu:20.04 sh -c "echo hi; exec tail -f /dev/null"');
  const streams: readonly (readonly [string, RegExp])[] = [
    ['docker stats', /\x1b\[J\x1b\[HCONTAINER ID/],
    ['docker logs -f c1', /hi\r\n/],
    ['docker events --since 1h', /container start/],
  ];
  for (const [command, shows] of streams) {
    keyboard.type(`${command}\r`);
    await keyboard.see(shows);
    keyboard.type('\x03');
    await keyboard.see(/\$ $/);
    t.regex(await keyboard.run('echo "<$?>"'), /<130>/, command);
  }
  keyboard.session.close();
});

test('--detach-keys: other keys detach, and those that do not make up the whole go inside', async (t) => {
  const keyboard = new Keyboard();
  await keyboard.session.atPrompt();
  keyboard.type('docker run -it --name c1 --detach-keys ctrl-a,x ubuntu:20.04 cat\r');
  await keyboard.see(/2004l\r$/);
  keyboard.type('one\x10\x11two\r');
  await keyboard.see(/two\r\n[\s\S]*two\r\n/);
  keyboard.type('\x01x');
  await keyboard.see(/read escape sequence[\s\S]*\$ $/);
  t.regex(await keyboard.run('docker ps --format "<{{.Names}}>"'), /<c1>/);
  t.regex(
    await keyboard.run('docker exec --detach-keys foo c1 true'),
    /Invalid escape keys \(foo\) provided/,
  );
  keyboard.session.close();
});
