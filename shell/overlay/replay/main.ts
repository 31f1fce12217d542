// npm run replay -- FILE...: replays traces (gzipped or plain) and prints a line a script.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { replay } from './replay.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: npm run replay -- FILE...');
  process.exit(2);
}
let [passed, failed] = [0, 0];
for (const file of files) {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
  for (const { script, calls, mismatch } of replay(text)) {
    console.log(
      `${mismatch === undefined ? 'ok  ' : 'FAIL'} ${script} (${calls} calls)${mismatch === undefined ? '' : ` ${mismatch}`}`,
    );
    if (mismatch === undefined) passed++;
    else failed++;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
