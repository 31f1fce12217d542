// Random shell scripts that end: the shell's language in every combination.
import fc from 'fast-check';
import {
  commandsOfBash,
  file,
  joined,
  literal,
  name,
  number,
  pick,
  quoted,
  shaped,
  type Text,
} from './random-commands.ts';

const numbersOfBash = pick(
  '2#101',
  '16#ff',
  '36#z',
  'a[1]',
  'a[0]++',
  '++x',
  'y--',
  'x += 2',
  '(y = 3, y * 2)',
);

/** Expansions that bash alone knows. */
const formsOfBash = fc.oneof(
  pick('{a,b}', '{1..3}', 'p{x,y}s', "$'t\\tn\\n'", '{c..a}', '{01..3}', '{a,b}{1,2}', '{x}', '{1..7..3}'),
  pick('${a[*]}', '${a[@]: -1}', '${a[@]/o/0}', '${a[@]#f}', '${#a[1]}', '${a[@]^}', '${a[@]@Q}', '${a[x]}'),
  pick('${m[k]}', '${m[@]}', '${!m[@]}', '${#m[@]}', '${m[nil]-none}', '${PIPESTATUS[0]}', '${#}', '$-'),
  pick(
    '${x: -2}',
    '${x: -3:2}',
    '${x:1:-1}',
    '${@:2}',
    '${*:1:1}',
    '${x//[^a-z]/}',
    '${x/#a/A}',
    '${x/%o/O}',
  ),
);

/** Words and arithmetic; bash adds forms that dash does not know. */
function words(bash: boolean) {
  return fc.letrec<{ arithmetic: string; expansion: string; word: string }>((tie) => ({
    arithmetic: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number,
      name,
      shaped(
        '§§§',
        tie('arithmetic'),
        pick(' + ', ' - ', ' * ', ' < ', ' == ', ' && ', ' || ', ' & ', ' ^ '),
        tie('arithmetic'),
      ),
      shaped('(§)', tie('arithmetic')),
      shaped('-(§)', tie('arithmetic')),
      shaped('(§) / 3', tie('arithmetic')),
      shaped('(§) % 4', tie('arithmetic')),
      shaped('§ ? § : §', tie('arithmetic'), tie('arithmetic'), tie('arithmetic')),
      ...(bash
        ? [numbersOfBash, shaped('§ ** 2', number), shaped('§, §', tie('arithmetic'), tie('arithmetic'))]
        : []),
    ),
    expansion: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      shaped('$§', name),
      shaped('${§}', name),
      shaped('${§§§}', name, pick(':-', '-', ':+', '+'), literal),
      shaped(
        '${§§§}',
        name,
        pick('#', '##', '%%', '%').map((text) => text),
        pick('a', '?', '*o', 'f*', '[a-c]', '*'),
      ),
      shaped('${#§}', name),
      shaped('$((§))', tie('arithmetic')),
      shaped('$(echo §)', tie('word')),
      pick('$1', '$#', '$*', '$@', '$?', '`echo bt`'),
      ...(bash
        ? [
            shaped('${§/§/§}', name, pick('a', 'o', '?', '[a-f]'), literal),
            shaped('${§//§/§}', name, pick('a', 'o', '?', 'fo'), pick('_', '', '&')),
            shaped('${§:§:§}', name, pick('0', '1', '2'), pick('1', '2', '3')),
            shaped('${§§}', name, pick('^', '^^', ',', ',,', '@Q', '@U')),
            pick('${a[0]}', '${a[1]}', '${a[-1]}', '${a[@]}', '${#a[@]}', '${!a[@]}', '${a[@]:1}', '${!x}'),
            formsOfBash,
            shaped('${§:=§}', name, literal),
            shaped('${§@§}', name, pick('a', 'A', 'E', 'L', 'u', 'k')),
            shaped('${!§}', pick('x', 'y', 'x@', 'n')),
          ]
        : []),
    ),
    word: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      quoted,
      tie('expansion'),
      shaped('"§"', tie('expansion')),
      shaped('pre§post', tie('expansion')),
      shaped('"a §b §"', tie('expansion'), tie('expansion')),
    ),
  }));
}

/** Commands of one line (a here-document takes a few more). */
function simpleCommand(bash: boolean, word: Text, arithmetic: Text): Text {
  const list = joined(' ', word, 0, 3);
  return fc.oneof(
    shaped('echo §', list),
    shaped("printf '<%s>\\n' §", list),
    shaped('§=§', name, word),
    shaped('§=$((§))', name, arithmetic),
    shaped('set -- §', list),
    shaped('echo § > §', word, file),
    shaped('echo § >> §', word, file),
    shaped('cat §', file),
    shaped('cat < §', file),
    shaped('cat <<E\n§ $x\n$(echo §)\nE\n:', word, literal),
    shaped("cat <<'E'\n§\nE\n:", word),
    shaped('read § § < §', name, name, file),
    shaped('unset §', name),
    shaped('export §', name),
    shaped('fn §', list),
    shaped('(exit §)', pick('0', '1', '3')),
    shaped("eval 'echo §'", pick('$x', '"$y"', 'a  b')),
    shaped('IFS=§ ; echo $x $y; unset IFS', pick(':', ' ', "''", 'o')),
    pick(
      'mkdir sub 2> /dev/null',
      'rm -f f',
      'echo $?',
      'shift 2> /dev/null',
      'ls',
      'cd . ',
      'true',
      'false',
    ),
    pick('set -f; echo *; set +f', 'echo *', 'wait', '(echo sub; exit 2) & wait $!'),
    ...(bash ? commandsOfBash(list, word) : []),
  );
}

/** Commands that hold others. */
function compoundCommands(bash: boolean, word: Text, arithmetic: Text, body: Text): Text[] {
  const list = joined(' ', word, 0, 3);
  const test = condition(bash, arithmetic);
  return [
    shaped('if §\nthen §\nelse §\nfi', test, body, body),
    shaped('for § in §\ndo §\ndone', name, list, body),
    shaped(
      'for i in 1 2 3\ndo [ $i = § ] && §\n§\ndone',
      pick('1', '2', '3'),
      pick('break', 'continue'),
      body,
    ),
    shaped('§\n§\ndone', pick('1', '2', '3', '4').map(countedLoop), body),
    shaped('case § in\na*) §\n;;\n§|foo) §\n;;\n*) §\n;;\nesac', word, body, literal, body, body),
    shaped('fn() {\n§\nreturn §\n}', body.map(withoutCalls), pick('0', '1')),
    shaped('(\n§\n)', body),
    shaped('{\n§\n} > §', body, file),
    shaped('{\n§\n} 2>&1', body),
    shaped('{\n§\n} | §', body, pick('cat', 'sort', 'tr a-z A-Z', 'wc -l', 'sed s/a/b/', 'grep -v q')),
    shaped('echo § | while read l\ndo §\ndone', word, body),
    shaped('§ && {\n§\n}', test, body),
    shaped('§ || {\n§\n}', test, body),
    shaped("(\ntrap 'echo bye $?' EXIT\n§\n)", body),
    shaped('(set -e\n§\n)', body),
    shaped('§=$(\n§\n)', name, body),
    ...(bash
      ? [
          shaped('for ((j = 0; j < 2; j++))\ndo §\ndone', body),
          shaped('case § in\na*) §\n;;&\n*o*) §\n;&\nb) §\n;;\n*) echo last\nesac', word, body, body, body),
          shaped('fn() {\nlocal x=§ y\n§\necho "$x ${y-unset} $FUNCNAME"\n}', word, body.map(withoutCalls)),
          shaped('fn() {\nlocal -n r=$1\nr=§\n}\nfn x\necho "$x"', word),
          shaped("(\ntrap 'echo err $?' ERR\n§\n)", body),
          shaped('(\nset -u\n§\n)', body),
          shaped('(set -eo pipefail\n§\n)\necho $?', body),
          shaped('while IFS= read -r l || [[ -n $l ]]\ndo echo "[$l]"\n§\ndone <<< §', body, word),
          shaped('select s in § ; do echo "$s $REPLY"; break; done <<< 1 2> /dev/null', list),
          shaped('{\n§\n} <<< §', body, word),
          shaped('while read -r l\ndo §\ndone < <(echo one two)', body),
        ]
      : []),
  ];
}

const condition = (bash: boolean, arithmetic: Text): Text =>
  fc.oneof(
    shaped('[ § = § ]', pick('"$x"', '"$y"', '"${z-u}"'), literal),
    shaped('[ § -lt § ]', pick('1', '2', '$#', '$((x))'), pick('2', '0')),
    pick('true', 'false', '! true', '[ -f f ]', '[ -n "$x" ]', 'test -d sub'),
    ...(bash
      ? [
          shaped('[[ $§ == § ]]', name, pick('a*', 'foo', '"a*"', '?')),
          shaped('((§))', arithmetic),
          pick(
            '[[ $x =~ ^[a-f]+ ]]',
            '[[ -v x && ! -v nil ]]',
            '[[ $x < $y || -z $z ]]',
            '[[ ( $x != foo ) && $y -eq 0 ]]',
          ),
          pick(
            '[[ $x =~ (a|b)(.*) ]]',
            '[[ a.b == a?b && $x == *[ab]* ]]',
            '[[ -n $x && -f f ]]',
            '[[ $# -gt 1 ]]',
          ),
        ]
      : []),
  );

/** Scripts that bash understands, or that bash and dash both do. */
export function randomScript(bash: boolean): Text {
  const { word, arithmetic } = words(bash);
  const { statement } = fc.letrec<{ statement: string; body: string }>((tie) => ({
    body: joined('\n', tie('statement'), 1, 2),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: simpleCommand(bash, word, arithmetic) },
      ...compoundCommands(bash, word, arithmetic, tie('body')),
    ),
  }));
  // Extended globs are read only where they are on before.
  return joined('\n', statement, 1, 4).map((text) =>
    text.includes('@(') ? `shopt -s extglob\n${text}` : text,
  );
}

/** The head of a loop of two turns; each depth's counter has a number of its own. */
const countedLoop = (number: string): string =>
  `n${number}=0\nwhile [ $n${number} -lt 2 ]\ndo n${number}=$((n${number} + 1))`;

// A function that calls itself would not end.
const withoutCalls = (text: string): string => text.replace(/\bfn\b(?!\()/g, 'echo fn');
