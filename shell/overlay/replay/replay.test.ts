import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import test from 'ava';
import { replay } from './replay.ts';

const traces = new URL('../../../../shared/traces/', import.meta.url);

for (const name of ['pjdfstest', 'unionmount']) {
  const file = new URL(`${name}.jsonl.gz`, traces);
  const recorded = existsSync(file);
  const run = recorded || process.env.COWSH_ORACLES === '1' ? test : test.skip;
  run(`every recorded script of ${name} goes as it went on the real kernel`, (t) => {
    const results = replay(gunzipSync(readFileSync(file)).toString());
    t.deepEqual(
      results.filter((result) => result.mismatch !== undefined),
      [],
    );
    t.true(results.length > 50);
  });
}

test('a mismatch is told with its call', (t) => {
  const lines = [
    ['a/00.t', '/m/a', ['mkdir', 'd', '0755'], '0\n', 0],
    ['a/00.t', '/m/a', ['rmdir', 'd'], 'ENOTEMPTY\n', 1],
    ['a/01.t', '/m/b', ['unlink', 'none'], 'ENOENT\n', 1],
  ];
  const [first, second] = replay(lines.map((line) => JSON.stringify(line)).join('\n'));
  t.regex(first?.mismatch ?? '', /rmdir.*"0\\n", not "ENOTEMPTY\\n"/);
  t.is(second?.mismatch, undefined);
});
