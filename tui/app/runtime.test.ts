import test from 'ava';
import { FULL_THEME } from '../text/theme.ts';
import { type Answer, EchoSession } from './echo-session.ts';
import { Runtime } from './runtime.ts';

const keys = (text: string) => new TextEncoder().encode(text);

function opened(answer?: (line: string) => Answer) {
  const session = new EchoSession(answer);
  const runtime = new Runtime({
    session,
    size: { columns: 80, rows: 24 },
    theme: FULL_THEME,
    changed: () => {},
    perform: () => {},
  });
  const rows = async () => {
    await runtime.screen.write('');
    return runtime
      .refresh()
      .screen.rows.map((row) => row.trimEnd())
      .filter((row) => row !== '');
  };
  return { session, runtime, rows };
}

test('what is typed and printed stands on the shell screen', async (t) => {
  const { session, rows } = opened(() => ({ output: 'hello\n' }));
  session.input(keys('echo hello\r'));
  t.deepEqual(await rows(), ['$ echo hello', 'hello', '$']);
});

test('the trace pane tells the story of the last command only', (t) => {
  const { session, runtime } = opened((line) => ({
    trace: [{ kind: 'opaque', path: `/${line}`, layer: '/up', seq: 1, pid: 1, command: line }],
  }));
  session.input(keys('one\rtwo\r'));
  const { story } = runtime.refresh().model.machine;
  t.is(story.command, 'two');
  t.deepEqual(
    story.paragraphs.map(({ path }) => path),
    ['/two'],
  );
});

test('undo takes machine and screen back, redo brings them again', async (t) => {
  const { session, runtime, rows } = opened();
  session.input(keys('one\rtwo\r'));
  await rows();
  runtime.dispatch({ kind: 'undo' });
  t.deepEqual(session.lines, ['one']);
  t.false((await rows()).some((row) => row.includes('two')));
  runtime.dispatch({ kind: 'redo' });
  t.deepEqual(session.lines, ['one', 'two']);
  t.true((await rows()).some((row) => row.includes('two')));
});

test('a new command after an undo ends the way forward', (t) => {
  const { session, runtime } = opened();
  session.input(keys('one\r'));
  runtime.dispatch({ kind: 'undo' });
  session.input(keys('other\r'));
  t.deepEqual(runtime.model.history, { back: 1, forward: 0 });
});

test('an empty line is no step of history', (t) => {
  const { session, runtime } = opened();
  session.input(keys('\r\r'));
  t.is(runtime.model.history.back, 0);
});

test('the session is told the size of its pane', (t) => {
  const { session, runtime } = opened();
  t.is(session.size.columns, 80);
  runtime.dispatch({ kind: 'resize', size: { columns: 200, rows: 60 } });
  t.deepEqual(session.size, { columns: 96, rows: 58 });
});

test('what is done inside a shell that a command started is undone with that command', (t) => {
  const { session, runtime } = opened();
  session.input(keys('before\r'));
  session.depth = 1;
  session.input(keys('docker exec -it c1 sh\rinside\r'));
  runtime.dispatch({ kind: 'undo' });
  t.is(session.lines.length, 3);
  session.depth = 0;
  session.input(keys('exit\r'));
  runtime.dispatch({ kind: 'undo' });
  t.deepEqual(session.lines, ['before']);
});
