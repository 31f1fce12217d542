// Keys that a user has bound, with bind and in an inputrc, at the login shell's terminal.
import test from 'ava';
import { virtualClock } from '../fs/clock.ts';
import { createSession, type Session } from './session.ts';

/** What is run after these keys: the line, made an argument of `:`. */
async function lineAfter(session: Session, keys: string): Promise<string> {
  await session.atPrompt();
  const shown = new Promise<string>((resolve) => {
    const stop = session.onCommand((event) => {
      if (event.kind !== 'begin') return;
      stop();
      resolve(event.line);
    });
  });
  session.input(new TextEncoder().encode(`${keys}\x1b[H: \r`));
  const line = await shown;
  await session.atPrompt();
  return line.slice(2);
}

const start = (): Session => createSession({ clock: virtualClock(), columns: 80, rows: 24 });

test('bind changes what keys do: functions, text, commands, nothing', async (t) => {
  const session = start();
  await session.run(`bind '"\\C-t": transpose-words' '"\\C-xg": "git status"' '"\\e[24~": kill-whole-line'`);
  t.is(await lineAfter(session, 'one two\x14'), 'two one');
  t.is(await lineAfter(session, 'a \x18g'), 'a git status');
  t.is(await lineAfter(session, 'gone\x1b[24~here'), 'here');
  t.is(await lineAfter(session, 'still\x18\x7fwhole'), 'whole');
  await session.run(`bind -x '"\\C-g": READLINE_LINE="<$READLINE_LINE>"; READLINE_POINT=2'`);
  t.is(await lineAfter(session, 'abc\x07x'), '<axbc>');
  await session.run(`bind -r '\\C-w'; bind -u yank`);
  t.is(await lineAfter(session, 'a b\x17'), 'a b');
  t.is(await lineAfter(session, 'a b\x15\x19c'), 'c');
});

test('a macro is read as if it were typed, bound keys in it too', async (t) => {
  const session = start();
  await session.run(`bind '"\\C-xa": "ab\\C-xb"' '"\\C-xb": "cd\\C-a"' '"Q": "quoted \\"text\\""'`);
  t.is(await lineAfter(session, '\x18ae'), 'eabcd');
  t.is(await lineAfter(session, 'Q'), 'quoted "text"');
});

test('~/.inputrc is read by an interactive shell, with its conditions', async (t) => {
  const session = start();
  await session.run(
    `printf '%s\\n' 'set completion-ignore-case on' '$if Bash' '"\\C-xh": "hello"' '$else' '"\\C-xh": "no"' '$endif' > ~/.inputrc`,
  );
  await session.run('touch /tmp/MixedCase');
  await session.run('bash');
  t.is(await lineAfter(session, '\x18h'), 'hello');
  t.is(await lineAfter(session, 'ls /tmp/mixed\t'), 'ls /tmp/MixedCase ');
});
