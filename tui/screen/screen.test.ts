import test from 'ava';
import fc from 'fast-check';
import { Screen } from './screen.ts';

async function screenOf(output: string | Uint8Array, columns = 20, rows = 4): Promise<Screen> {
  const screen = new Screen(columns, rows, () => {});
  await screen.write(output);
  return screen;
}

test('colours and attributes are drawn anew, each row closing what it opened', async (t) => {
  const screen = await screenOf('\x1b[1;31mred\x1b[0m \x1b[38;5;200mx\x1b[48;2;1;2;3my');
  t.is(
    screen.view().rows[0],
    `\x1b[1;31mred\x1b[0m \x1b[38;5;200mx\x1b[0m\x1b[38;5;200;48;2;1;2;3my\x1b[0m${' '.repeat(14)}`,
  );
});

test('cursor movement and clearing happen on the simulated screen only', async (t) => {
  const screen = await screenOf('one\x1b[2J\x1b[2;3Hx');
  const { rows, cursor } = screen.view();
  t.is(rows[0], ' '.repeat(20));
  t.is(rows[1], `  x${' '.repeat(17)}`);
  t.deepEqual(cursor, { x: 3, y: 1 });
});

test('what scrolled away can be looked at', async (t) => {
  const screen = await screenOf('1\r\n2\r\n3\r\n4\r\n5\r\n6');
  t.is(screen.view().rows[3]?.trim(), '6');
  t.is(screen.view(1).rows[3]?.trim(), '5');
  t.is(screen.view(99).rows[0]?.trim(), '1');
  t.is(screen.view(99).scrolled, 2);
});

test('queries of programs are answered to them', async (t) => {
  const answers: string[] = [];
  const screen = new Screen(20, 4, (bytes) => answers.push(new TextDecoder().decode(bytes)));
  await screen.write('ab\x1b[6n');
  t.deepEqual(answers, ['\x1b[1;3R']);
});

test('a wide character takes its two columns', async (t) => {
  const screen = await screenOf('日👍x');
  t.is(screen.view().rows[0], `日👍x${' '.repeat(15)}`);
});

test('whatever a program prints, rows hold printable text and SGR only', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('\x1b]0;t\x07', '\x1b[?1049h', '\x1bP1$r', '\x9b2J', '\x1b[3'),
        ),
      ),
      async (parts) => {
        const screen = await screenOf(parts.join(''));
        return screen.view().rows.every((row) => {
          const rest = row.replace(/\x1b\[[\d;]*m/g, '');
          return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(rest);
        });
      },
    ),
    { numRuns: 60 },
  );
  t.pass();
});
