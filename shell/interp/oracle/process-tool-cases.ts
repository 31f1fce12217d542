// Snippets for the programs that show processes; a process has to be there when it is looked for.

const OFF = '>/dev/null 2>&1 &';
const TREE =
  `sleep 60 ${OFF} sleep 60 ${OFF} bash -c "sleep 60; :" ${OFF} ` +
  `sh -c "sleep 60 & sleep 50; :" ${OFF} sh -c "sleep 60 & sleep 50; :" ${OFF} ` +
  'until [ "$(pstree -c $$ | grep -c sleep)" = 7 ]; do sleep 0.1; done; ';

export const processToolCases: readonly string[] = [
  `${TREE}pstree $$; pstree -c $$; pstree -n $$; pstree -U $$; pstree -A -H $$ $$; TERM=xterm pstree -A -H $$ $$; kill $(jobs -p)`,
  `${TREE}pstree -p $$ > t; sed "s/[0-9][0-9]*/N/g" t | tr -s " "; kill $(jobs -p)`,
  `${TREE}pstree -pa $$ > t; tail -n +2 t | sed "s/,[0-9]*/,N/; s/ [0-9][0-9]*$/ N/"; kill $(jobs -p)`,
  'pstree -s 99999; pstree 99999; pstree nouser; pstree 1 2 2>/dev/null; pstree -Q 2>&1 | head -1',
];

/** Until the process has become the program that it is to run. */
const UNTIL = 'until [ "$(cat /proc/$!/comm)" != bash ]; do :; done;';
const NUMBER = 's/^[0-9]*/N/';

/** What /proc tells of processes, their niceness, and programs that run others. */
export const processFileCases: readonly string[] = [
  'wc -w < /proc/self/stat; cut -d" " -f2,3,18,19,20,38 /proc/self/stat; wc -w < /proc/self/statm; cat /proc/self/oom_score_adj',
  `cp /bin/sleep averyveryverylongname; ./averyveryverylongname 99 & ${UNTIL} cat /proc/$!/comm; kill $!`,
  `(exec -a other sleep 99) & ${UNTIL} cat /proc/$!/comm; tr "\\0" " " < /proc/$!/cmdline; cut -d" " -f2 /proc/$!/stat; kill $!`,
  `printf "#!/bin/sh\nread x; :\n" > scr; chmod +x scr; mkfifo p; ./scr < p & exec 8>p; ${UNTIL} cat /proc/$!/comm; tr "\\0" " " < /proc/$!/cmdline; echo; echo >&8; wait`,
  'head -1 /proc/self/limits; ulimit -n 100; ulimit -f 50; ulimit -Sc 0; grep -E "open files|file size|cpu|nice|locks" /proc/self/limits',
  'ls /proc/self/ns; readlink /proc/self/ns/mnt | sed s/[0-9]/N/g; readlink /proc/self/ns/nosuch; echo $?',
  '[ "$(readlink /proc/self/ns/mnt)" = "$(readlink /proc/$$/ns/mnt)" ]; echo $?',
  'exec 9<>f; echo hello >&9; head -2 /proc/$$/fdinfo/9; [ "$(sed -n "s/ino:.//p" /proc/$$/fdinfo/9)" = "$(stat -c %i f)" ]; echo $?',
  'flock f grep -c ":$(stat -c %i f 2>/dev/null) 0 EOF" /proc/locks; touch g; flock g grep ":$(stat -c %i g) 0" /proc/locks | cut -d" " -f2-5; flock -s g grep ":$(stat -c %i g) 0" /proc/locks | cut -d" " -f2-4',
  'head -1 /proc/partitions; head -1 /proc/swaps; head -1 /proc/meminfo | wc -c; grep -c ^cpu0 /proc/stat; cat /proc/self/setgroups',
  'nice; nice -n 5 nice; nice -5 nice; nice --5 true; nice -n 5 nice -n 3 nice; nice -n 30 nice; nice nice; nice -+3 nice; nice --adjustment=3 nice',
  'nice -n x true; echo $?; nice -n; echo $?; nice -n 5; echo $?; nice /nosuch; echo $?; nice /tmp; echo $?; nice -x; echo $?; nice -n 1.5 true; echo $?; nice -n 99999999999 true; echo $?',
  'nice -n 5 cut -d" " -f18,19 /proc/self/stat; nice -n 3 sh -c "cut -d\' \' -f18,19 /proc/self/stat; nice; nice -n 20 nice"',
  `sleep 99 & ${UNTIL} renice -n 5 -p $! | sed "${NUMBER}"; cut -d" " -f19 /proc/$!/stat; renice 7 $! | sed "${NUMBER}"; renice -n -3 --pid $! | sed "${NUMBER}"; renice 99 $! | sed "${NUMBER}"; kill $!`,
  'renice; renice -n; renice -n x -p 1; renice 5; renice -n 5; renice x 1; renice -n 5 -p abc; renice 1 -u nouser; renice -n 1 -g x; echo $?; renice -n 5 -p 99999999; renice -n 5 99999999 abc; renice -Z; echo $?',
  'timeout 0.1 sleep 99; echo $?; timeout .1s sleep 99; echo $?; timeout -v 0.1 sleep 99; timeout -s INT 0.1 sleep 99; echo $?; timeout -sHUP --preserve-status 0.1 sleep 99; echo $?',
  'timeout -s 9 0.1 sleep 99; echo $?; timeout --foreground -s KILL 0.1 sleep 99; echo $?; timeout --foreground 0.1 sleep 99; echo $?',
  'timeout; echo $?; timeout 1; echo $?; timeout x true; echo $?; timeout 1x true; timeout -1 true; timeout 1e1 true; echo $?; timeout 0x10 true; echo $?; timeout 1D true; echo $?; timeout nan true; echo $?; timeout inf true; echo $?',
  'timeout -k x 1 true; timeout -s 0 9 true; echo $?; timeout -s 99 1 true; timeout -s sigterm 9 true; echo $?; timeout -s "" 1 true; echo $?; timeout --p 9 true; echo $?; timeout --sig 1 true; echo $?',
  'timeout 9 bash -c \'kill -TERM $$\'; echo $?; timeout 9 bash -c "exit 200"; echo $?; timeout 1 /nosuch; echo $?; timeout 1 /tmp; echo $?; timeout -- 9 echo --x; timeout 9 echo -n x',
  "nohup; nohup nosuch; echo $?; nohup ./nosuch; nohup /tmp; echo $?; nohup -x; echo $?; nohup -- echo x; nohup bash -c 'kill -HUP $$; echo alive'; ls",
  'lsns -t nosuch; echo $?; lsns -p x; echo $?; lsns x; echo $?; lsns -p 99999999; echo $?; lsns 99; echo $?; lsns -o nosuch; echo $?; lsns -Z; echo $?',
  'lsns -p $$ -t uts -o TYPE,NPROCS,PPID,UID,USER,ONS,PNS -n | sed -E "s/[0-9]+/N/g"; lsns -t net | head -1; lsns -t uts | head -1 | cut -c1-10; lsns -l -t uts -o TYPE,USER; lsns -r -t uts -o TYPE,USER,UID',
  `unshare -u sleep 50 >/dev/null 2>&1 & until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done; lsns -t uts -n -o COMMAND | tail -1; lsns -t uts -J -o TYPE,COMMAND,UID | tail -7; lsns -l -t uts -o COMMAND -n | tail -1; kill $!`,
  `mkdir d; cd d; touch lg; printf 12345678 > big; flock lg sleep 30 >/dev/null 2>&1 & p=$!; until [ "$(cat /proc/$p/comm)" = flock ] && grep -q " $p " /proc/locks; do :; done; for o in "" -n -J -r -b "-o COMMAND,TYPE,M,PATH"; do lslocks -p $p $o | sed -E "s/ +$p / P /; s/\\"pid\\": [0-9]+/P/; s#[^ \\"]*/lg#LG#; s/COMMAND +PID/COMMAND PID/"; done; kill $p; lslocks -p x; echo $?; lslocks -o nosuch; echo $?; lslocks -Z; echo $?; lslocks -p 99999; echo $?`,
  `/bin/kill -l; /bin/kill -L; /bin/kill -l 9; /bin/kill -l KILL; /bin/kill -l SIGKILL; /bin/kill -l 137; echo $?; /bin/kill -l nosuch; echo $?; /bin/kill --list=9; /bin/kill --list 15; /bin/kill --table | head -1`,
  `killall -l; killall nosuchproc; echo $?; killall -q nosuchproc; echo $?`,
  `pgrep 2>&1 | head -2; pgrep nosuchproc; echo $?; pgrep a b 2>&1 | head -2; pgrep "["; echo $?; pgrep -c nosuchproc; echo $?; pgrep -P x y; echo $?; pgrep -u nouser x; echo $?; pgrep -G nogroup1 x; echo $?; pgrep -s x a; echo $?; pgrep averyveryverylongname; echo $?; pgrep -Z 2>&1 | head -1`,
  `cp /bin/sleep mysl; ./mysl 98 >/dev/null 2>&1 & p=$!; ./mysl 99 >/dev/null 2>&1 & q=$!; until [ "$(cat /proc/$p/comm /proc/$q/comm)" = "mysl\nmysl" ]; do :; done; [ "$(pgrep mysl)" = "$p\n$q" ]; echo $?; [ "$(pgrep -n mysl)" = $q ]; echo $?; [ "$(pgrep -o mysl)" = $p ]; echo $?; pgrep -c mysl; pgrep -l mysl | sed 's/^[0-9]*/N/'; pgrep -a mysl | sed 's/^[0-9]*/N/'; pgrep -d: mysl | tr -d 0-9; pgrep -P $$ -c mysl; pgrep -x mysl -c; pgrep -x mys -c; pgrep -i MYSL -c; pgrep -g 0 -c mysl; pgrep -U 0 -c mysl; pgrep -u root -c mysl; pgrep -G 0 -c mysl; pgrep -r S -c mysl; pgrep -r T -c mysl; pgrep -O 100 mysl; echo $?; pgrep -f -x './mysl 99' -c; echo $p > pf; [ "$(pgrep -F pf)" = $p ]; echo $?; pgrep -F nosuch 2>&1 | head -1; pkill -e mysl | sed 's/pid [0-9]*/pid N/'; wait $p; echo $?`,
  `free -s x; echo $?; free -c x; echo $?; free -s 0; echo $?; free -c 0; echo $?; free -c -1; echo $?; free -s -1; echo $?; free -x 2>&1 | head -1; free a 2>/dev/null; echo $?`,
  `free | head -1; free -w | head -1; free -h | head -1; free -lt | cut -c1-8; free -wlt | cut -c1-8; free -v -s 1 -c 1| cut -c1-8; free -s 0.1 -c 2 | cut -c1-8; free --tebi | wc; free --kilo --si | wc -l; free --peta -g | wc -l; free -hw --si | wc -l`,
  `pwdx $$ | sed 's/[0-9]*:/N:/'; pwdx 99999; echo $?; pwdx x; echo $?; pwdx /proc/$$ | sed 's/[0-9]*:/N:/'; cd /; sleep 50 >/dev/null & pwdx $! | sed 's/^[0-9]*/N/'; kill $!; pwdx 2>/dev/null; echo $?`,
];
