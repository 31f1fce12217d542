// ulimit, and what it holds back, by the shells that answer as the real ones do.

export const limitCases: Readonly<Record<string, readonly string[]>> = {
  'bash dash ash': [
    '(ulimit -f 0; echo a > f); echo $?',
    'ulimit -f 1; truncate -s 5000 f; echo $?',
    'ulimit -f 2; ulimit -f; ulimit -Sf 1; ulimit -Hf; ulimit -f',
    'ulimit -n 5; exec 3</dev/null 4</dev/null 5</dev/null; echo $?',
    'ulimit -n abc; echo $?',
    'ulimit -Sn 100; ulimit -Hn 50; echo $?',
    "ulimit -Sn 100; ulimit -Sn 200; ulimit -Sn; bash -c 'ulimit -n'; (ulimit -n 7; ulimit -n); ulimit -n",
    'ulimit -x 5; ulimit -x; ulimit -q; ulimit -e; ulimit -r',
    'ulimit -f unlimited; echo $?',
    'ulimit -a | tail -1',
    "ulimit -n 20; eval 'echo {a,b}'; x=$(echo hi); echo $x; cat <(echo sub) 2>/dev/null",
  ],
  'dash ash': ['ulimit -f 1; yes | head -c 3000 > f; echo $?; stat -c %s f'],
  'bash dash': [
    "ulimit -f 1; trap '' XFSZ; yes | head -c 3000 > f; echo $?",
    'ulimit -n 6; cat < /dev/null; echo $?',
    'ulimit -n -5; echo $?',
    'ulimit -y; echo $?',
    'ulimit -p 4; echo $?',
  ],
  bash: [
    'ulimit -n 10; ulimit -n; exec 9</dev/null; echo $?; exec 10</dev/null; echo $?',
    'ulimit -s; ulimit -v; ulimit -t; ulimit -d; ulimit -m; ulimit -p',
  ],
};
