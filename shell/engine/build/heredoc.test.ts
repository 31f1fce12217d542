import test from 'ava';
import { dockerfileLines } from './dockerfile-lines.ts';
import { heredocSummary, heredocText, isHeredoc } from './heredoc.ts';

const read = (...lines: readonly string[]) => dockerfileLines(lines.join('\n'), { heredocs: true }).lines;

test('documents end at their word and belong to the line that opened them', (t) => {
  const [from, copy, run] = read('FROM a', 'COPY <<A <<-"B C" /d', 'a $x', 'A', '\tb', '\tB C', 'RUN true');
  t.is(from?.end, 1);
  t.deepEqual(copy?.heredocs, [
    { name: 'A', text: 'a $x\n', chomp: false, expand: true },
    { name: 'B C', text: '\tb\n', chomp: true, expand: false },
  ]);
  t.is(copy?.end, 6);
  t.is(run?.line, 7);
});

test('only ADD, COPY and RUN open documents, and only where the front end knows them', (t) => {
  t.deepEqual(
    read('FROM a', 'LABEL x=<<E', 'CMD y').map(({ heredocs }) => heredocs.length),
    [0, 0, 0],
  );
  t.is(dockerfileLines('FROM a\nRUN <<E\nx\nE\n').lines.length, 4);
});

test('a document without an end is refused', (t) => {
  t.throws(() => read('FROM a', 'RUN <<E', 'x'), { message: 'unterminated heredoc' });
});

test('tabs of <<- go, and the progress shows the first line', (t) => {
  const document = { name: 'E', text: '\techo a\n\t\techo b\n', chomp: true, expand: true };
  t.is(heredocText(document), 'echo a\necho b\n');
  t.is(heredocSummary(document), 'echo a...');
  t.is(heredocSummary({ ...document, text: 'one\n' }), 'one');
});

test('what is a document alone', (t) => {
  t.true(isHeredoc('<<EOF'));
  t.true(isHeredoc(' <<-"EOF" '));
  t.false(isHeredoc('cat <<EOF'));
  t.false(isHeredoc('a<b'));
});
