import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { historyPath, PastCommands } from './past-commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'cowsh-past-'));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test('what one run adds the next one reads, and nobody else may', (t) => {
  const path = join(folder, 'new', 'history');
  const past = new PastCommands(path);
  t.deepEqual(past.read(), []);
  past.add('docker ps');
  past.add("printf 'a\\n'");
  t.deepEqual(new PastCommands(path).read(), ['docker ps', "printf 'a\\n'"]);
  t.is(statSync(path).mode & 0o777, 0o600);
});

test('a file that has grown long is cut to what the shell keeps', (t) => {
  const path = join(folder, 'long');
  writeFileSync(path, Array.from({ length: 2500 }, (_, at) => `echo ${at}\n`).join(''));
  const read = new PastCommands(path).read();
  t.deepEqual([read.length, read.at(0), read.at(-1)], [1000, 'echo 1500', 'echo 2499']);
  t.is(readFileSync(path, 'utf8').split('\n').length, 1001);
});

test('without a place to write there is no history and no error', (t) => {
  for (const path of [undefined, join(folder, 'file', 'below'), folder]) {
    writeFileSync(join(folder, 'file'), '');
    chmodSync(join(folder, 'file'), 0o400);
    const past = new PastCommands(path);
    past.add('ls');
    t.deepEqual(past.read(), []);
  }
});

test('where it is', (t) => {
  t.is(historyPath({ XDG_STATE_HOME: '/s' }), join('/s', 'cowsh', 'history'));
  t.is(historyPath({ COWSH_HISTORY: '/h', XDG_STATE_HOME: '/s' }), '/h');
  t.is(historyPath({ COWSH_HISTORY: '' }), undefined);
  t.true(historyPath({})?.endsWith(join('.local', 'state', 'cowsh', 'history')));
});
