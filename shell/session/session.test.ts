// The login shell on its terminal, as a person at the keyboard meets it.
import test from 'ava';
import { virtualClock } from '../fs/clock.ts';
import { createSession, type Session } from './session.ts';

interface Terminal {
  session: Session;
  /** What appeared since last asked, without escape sequences. */
  seen(): string;
  keys(text: string): void;
  /** Waits until the screen shows the text. */
  shows(text: string): Promise<void>;
}

const plain = (text: string): string => text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, '');

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function logIn(): Promise<Terminal> {
  const session = createSession({ clock: virtualClock(), columns: 80, rows: 24 });
  let raw = '';
  session.onOutput((bytes) => {
    raw += Buffer.from(bytes).toString('utf8');
  });
  await session.atPrompt();
  return {
    session,
    seen: () => {
      const text = plain(raw);
      raw = '';
      return text;
    },
    keys: (text) => session.input(new TextEncoder().encode(text)),
    shows: async (text) => {
      for (let i = 0; i < 20_000 && !plain(raw).includes(text); i++) await turn();
      if (!plain(raw).includes(text))
        throw new Error(`never shown: ${text}; the screen has ${JSON.stringify(plain(raw))}`);
    },
  };
}

const PROMPT = 'learner@cowsh:~$ ';

test('a prompt with user, host and directory; commands, status, and exit', async (t) => {
  const { session, seen, shows } = await logIn();
  await shows(PROMPT);
  seen();
  t.is(await session.run('echo hi'), 0);
  await shows(`hi\n${PROMPT}`);
  t.is(await session.run('cd /tmp; false'), 1);
  await shows('learner@cowsh:/tmp$ ');
  t.is(await session.run('nosuchcmd'), 127);
  await shows('nosuchcmd: command not found');
  t.is(await session.run('sl'), 127);
  await shows("Command 'sl' not found, did you mean:\n  command 'ls'\n");
  t.is(await session.run('exit 3'), 3);
  t.is(await session.exited, 3);
});

test('keys typed ahead reach the program that runs', async (t) => {
  const { session, keys, shows, seen } = await logIn();
  keys('cat\rtyped ahead\r\x04');
  await shows(`cat\ntyped ahead\n${PROMPT}`);
  t.true(seen().includes(`${PROMPT}cat\n`));
  t.is(await session.run('true'), 0);
});

test('lines pasted at once stand on the screen once, each behind its prompt', async (t) => {
  const { keys, shows, seen } = await logIn();
  keys('for i in 1 2\rdo\recho $i\rdone\r');
  await shows(`> done\n1\n2\n${PROMPT}`);
  t.true(seen().endsWith(`${PROMPT}for i in 1 2\n> do\n> echo $i\n> done\n1\n2\n${PROMPT}`), seen());
});

test('Ctrl-C ends the foreground job only, and a loop of builtins at once', async (t) => {
  const { session, keys, shows } = await logIn();
  keys('while :; do :; done\r');
  for (let i = 0; i < 50; i++) await turn();
  t.is(session.place(), undefined);
  keys('\x03');
  t.is((await session.atPrompt()).depth, 0);
  await shows('^C\n');
  keys('cat\r');
  for (let i = 0; i < 50; i++) await turn();
  keys('\x03');
  await session.atPrompt();
  t.is(await session.run('echo alive'), 0);
  keys('half a line\x03');
  await shows('half a line^C\n');
  t.is(await session.run('test $? = 130'), 0);
});

test('Ctrl-Z stops a job, fg goes on with it, and a reader in the background is stopped', async (t) => {
  const { session, keys, shows, seen } = await logIn();
  keys('cat\r');
  for (let i = 0; i < 50; i++) await turn();
  keys('\x1a');
  await shows('[1]+  Stopped                 cat\n');
  await session.atPrompt();
  t.is(await session.run('test $? = 148'), 0);
  keys('fg\r');
  await shows('fg\ncat\n');
  seen();
  keys('back\r');
  await shows('back\nback\n');
  keys('\x04');
  await session.atPrompt();
  await session.run('cat &');
  t.is(await session.run('echo mine'), 0);
  await session.run('kill -CONT %1; kill -KILL %1');
});

test('PS2 asks for the rest of a command', async (t) => {
  const { session, keys, shows } = await logIn();
  keys('for i in 1 2\r');
  await shows('\n> ');
  t.is(session.place()?.continued, true);
  t.is(await session.run('do echo "n=$i"; done'), 0);
  await shows('n=1\nn=2\n');
  keys('echo "a\r');
  await shows('\n> ');
  await session.run('b"');
  await shows('a\nb\n');
});

test('undo brings back files, variables, functions and directory; redo works too', async (t) => {
  const { session, shows, seen } = await logIn();
  await session.run('x=1; f() { echo one; }; cd /tmp; echo old > note');
  const before = session.snapshot();
  await session.run('x=2; f() { echo two; }; cd /; rm /tmp/note; export NEW=1; set -u');
  const after = session.snapshot();
  session.restore(before);
  await session.atPrompt();
  seen();
  await session.run('echo "$x $(f) $PWD $(cat note) [$NEW]"');
  await shows('1 one /tmp old []\n');
  session.restore(after);
  await session.atPrompt();
  await session.run('echo "$x $(f) $PWD $(ls /tmp/note 2>/dev/null)[$NEW]"');
  await shows('2 two / [1]\n');
  t.pass();
});

test('Tab completes commands and paths; a second Tab lists', async (t) => {
  const { session, keys, shows, seen } = await logIn();
  await session.run('touch alpha1 alpha2 "with space"; mkdir dir');
  seen();
  keys('cat al\t');
  await shows('cat alpha');
  keys('\t\t');
  await shows('alpha1  alpha2\n');
  keys('1 wi\t');
  await shows('with\\ space ');
  keys('\x03');
  await session.atPrompt();
  keys('cd d\t');
  await shows('cd dir/');
  keys('\r');
  await shows('~/dir$ ');
  t.is(await session.run('wc --ver\t >/dev/null; true'), 0);
});

test('history: arrows, C-r, !! and !$', async (t) => {
  const { session, keys, shows, seen } = await logIn();
  await session.run('echo first word');
  await session.run('echo second');
  seen();
  keys('\x1b[A\x1b[A\r');
  await shows('first word\nfirst word\n');
  await session.atPrompt();
  keys('\x12seco\r');
  await shows('second\nsecond\n');
  await session.atPrompt();
  await session.run('echo !$ bang');
  await shows('echo second bang\nsecond bang\n');
  t.pass();
});

test('lines wrap, and a resize draws them again', async (t) => {
  const { session, keys, shows, seen } = await logIn();
  session.resize(30, 10);
  for (let i = 0; i < 50; i++) await turn();
  seen();
  keys(`echo ${'x'.repeat(40)}`);
  await shows('x'.repeat(5));
  session.resize(60, 10);
  for (let i = 0; i < 50; i++) await turn();
  keys('\r');
  await shows(`\n${'x'.repeat(40)}\n`);
  t.pass();
});

test('a shell in a container is a prompt too, and exit comes back', async (t) => {
  const { session, shows, seen } = await logIn();
  seen();
  t.is(await session.run('docker run -it --name box ubuntu:20.04 bash'), 0);
  await shows(':/# ');
  t.is(session.place()?.container?.name, 'box');
  await session.run('echo inside > /made; exit 5');
  t.is(session.place()?.container, undefined);
  t.is(await session.run('test $? = 5'), 0);
  await session.run('docker diff box');
  await shows('A /made\n');
});

test('undo back into a shell inside a container: its work is there, and the login shell asks for the next command', async (t) => {
  const { session, shows, seen } = await logIn();
  await session.run('docker run -d --name c1 ubuntu:20.04 tail -f /dev/null');
  const before = session.snapshot();
  await session.run('docker exec -it c1 sh');
  await session.run('touch /kept');
  const inside = session.snapshot();
  await session.run('touch /dropped');
  await session.run('exit');
  session.restore(inside);
  await shows(PROMPT);
  seen();
  t.is(await session.run('docker diff c1'), 0);
  await shows('A /kept');
  t.false(seen().includes('/dropped'));
  session.restore(before);
  seen();
  t.is(await session.run('docker diff c1; docker ps -q | wc -l'), 0);
  const shown = seen();
  t.false(shown.includes('/kept'));
  t.regex(shown, /^1$/m);
});

test('Ctrl-C ends a fork bomb in the background', async (t) => {
  const session = createSession({ columns: 80, rows: 24 });
  t.teardown(() => session.close());
  await session.atPrompt();
  const { processes } = session.machine.kernel;
  const before = processes.size;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  session.input(new TextEncoder().encode('bomb() { bomb | bomb & }; bomb\r'));
  while (processes.size < 400) await turn();
  session.input(Uint8Array.of(3));
  while (processes.size > before) await turn();
  t.is(await session.run('true'), 0);
});

test('C-x C-e: the line goes through an editor and is run as it comes back', async (t) => {
  const { session, keys, shows, seen } = await logIn();
  await session.run(`printf '#!/bin/sh\\nsed -i s/before/after/ "$1"\\n' > ed; chmod +x ed; EDITOR=./ed`);
  seen();
  keys('echo before\x18\x05');
  await shows(`echo after\nafter\n${PROMPT}`);
  keys('\x1b[A');
  await shows(`${PROMPT}echo after`);
  session.close();
  t.pass();
});
