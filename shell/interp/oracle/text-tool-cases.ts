// Snippets for the smaller text tools.

export const textToolCases: readonly string[] = [
  // factor
  'factor 12 97 1 0 2 1024 999999999989',
  'factor 18446744073709551617 1000000007000000049',
  'factor abc 5; echo $?',
  'factor 1.5 -- -3; echo $?',
  'echo 30 40 | factor',
  "printf '7\\n\\n8 9\\n' | factor",
  'factor +5 " 6"',
  'factor -x; echo $?',
  // tsort
  "printf 'a b\\nb c\\n' | tsort",
  "printf 'a b c d\\nb d a c\\n' | tsort",
  "printf 'shirt tie tie jacket pants shoes pants belt belt jacket socks shoes\\n' | tsort",
  "printf 'a a b b\\n' | tsort",
  "printf 'a b\\nb a\\n' | tsort; echo $?",
  "printf 'a b c\\n' | tsort; echo $?",
  "printf 'x y\\n' > f; tsort f; tsort nosuch; echo $?; tsort a b; echo $?",
  'tsort < /dev/null',
  // cksum
  "printf 'hello\\n' | cksum",
  "printf '' | cksum",
  "printf 'abc' > f; cksum f f; cksum nosuch; echo $?",
  'seq 100000 | cksum',
  // shuf
  'shuf -i 1-10 | sort -n',
  'shuf -e c a b | sort',
  'seq 20 | shuf | sort -n | tail -1',
  'shuf -n 3 -i 1-100 | wc -l',
  'shuf -i 1-1; shuf -i 5-5 -n 0; echo $?',
  'shuf -rn 5 -e x',
  'shuf -i 5-3; echo $?',
  'shuf -n x -e a; echo $?',
  'shuf -i x; echo $?',
  'shuf a b; echo $?',
  'shuf nosuch; echo $?',
  'shuf -i 1-3 -e a; echo $?',
  'shuf -e a -o f; cat f',
  'shuf < /dev/null; echo $?',
  // egrep, fgrep, zgrep
  "printf 'a\\nb\\nc\\n' | egrep 'a|c' 2>/dev/null",
  "printf 'a.b\\naxb\\n' | fgrep a.b 2>/dev/null",
  "printf 'a\\nb\\n' > f; gzip f; zgrep b f.gz; echo $?; zgrep x f.gz; echo $?",
  "printf 'a\\nb\\n' > f; printf 'b\\n' > g; gzip g; zgrep b f g.gz",
  "printf 'a\\nb\\n' > f; gzip f; zgrep -c . f.gz; zgrep -n b f.gz; zgrep -e a f.gz; zgrep -i B < f.gz",
];
