// Command lines of ps about three processes, $a, $b and $c, and such as it complains of. Numbers, which are everybody's
// own, are taken from what it prints; headings stay as they are.

const SHOWN: readonly string[] = [
  ...[
    '-p $a,$b,$c',
    '-f -p $a,$b,$c',
    '-F -p $a',
    '-l -p $a,$c',
    '-ly -p $a',
    '-j -p $a',
    '-jf -p $a',
    '-lf -p $a',
  ],
  ...[
    '$a $b $c',
    'u $a $b',
    'l $a',
    'j $a',
    'v $a',
    'u -p $a',
    '-o pid,comm,args -p $a,$b,$c',
    '-o args,pid -p $b',
  ],
  ...[
    '-o cmd,ucmd,ucomm,fname -p $c',
    '-o pid=X,comm=LONGNAME -p $a',
    '-o pid=X -o comm= -p $a',
    '-O nice -p $a',
  ],
  ...[
    'c $c',
    'uc $c',
    '-C sleep',
    '-C mysleepprograml -o comm=',
    '-p "$a $b"',
    '-p$a',
    '-j -l -p $a',
    'p $a',
  ],
  ...['-p $a,$b,$c --sort -pid -o comm', '-p $a,$b,$c --sort=comm,-pid -o args', 'k-pid -o args $a $b $c'],
  ...[
    '-o pid,ni,pri,rtprio,cls,s,stat,tty,tname,tt -p $a',
    '-o user,uid,ruser,euser,gid -p $a',
    '-o pid, -p $a',
  ],
  ...['-o pid,tid,lwp,nlwp,tpgid -p $a', '-o vsz,rss,pmem,pcpu,%cpu,%mem,sz,c,cp -p $a', '-o s,f,args -p $c'],
  ...['-o start,start_time,etime,etimes,time,cputime,bsdtime,bsdstart,stime,times -p $a', '-q $a -o comm='],
  ...[
    '-o mntns,pidns,utsns,netns,ipcns,userns,cgroupns,timens,pid -p $a',
    '$a --cols 40',
    '$a w',
    '-L -p $a',
  ],
  ...[
    '-Lf -p $a',
    '-T -p $a',
    '-c -p $a',
    '-lc -p $a',
    '-P -p $a',
    '-H -p $a',
    '-f --forest -p $a',
    '-M -p $a',
    'Z $a',
  ],
  ...[
    '--format comm= --pid=$a',
    '-o comm= --pid $a --noheaders',
    '-o pid:9 -p $a',
    '-o user:12,comm:3 -p $a',
  ],
  ...['-o comm -p $c', 'j $$ -o pid', '-o pid u'],
];

const WRONG: readonly string[] = [
  ...[
    '-Z1q',
    '--nosuch',
    '-o nosuch',
    'o nosuch',
    '-o',
    '-p',
    '-p x',
    '-p 0',
    '-u nouser',
    '-y',
    'x y',
    '-k nosuch',
  ],
  ...[
    '--sort nosuch',
    '-p 99999999',
    '99999999999',
    '-C',
    '-q x',
    '-t nosuch',
    '-G nogroup1',
    '--ppid',
    '--cols x',
  ],
  ...[
    '-s x',
    'Q',
    '-o pid u',
    'u l',
    '-fl j',
    '--sort',
    '-e --sort pid,nosuch',
    '-U',
    '-G',
    'U',
    '--user',
    '-aQ',
  ],
  ...[
    '--group nogroup1',
    '--User',
    '--tty',
    '--quick-pid',
    '-O',
    'k',
    'o',
    'O',
    '--cols',
    '--lines',
    '--format',
  ],
  ...['-ef h nosuch', 'a', 'u', 'l', 'j', 's', 'X', 'T -o nosuch', '-a', '-t - -o nosuch', '-g', '-s'],
];

/** What is a number, a time or a channel to sleep in becomes one letter. */
const STEADY =
  's/[0-9]+:[0-9]+(:[0-9]+)?/T/g; s/  +([0-9]+)/ N/g; s/^ *[0-9]+/N/; s/(hrtime|do_wai|-     ) /- /; s/ [0-9]+/ N/g; s/ +/ /g; s/[0-9]\\.[0-9]/P/g';

const SETUP = `sleep 100 >/dev/null 2>&1 & a=$!
bash -c "exec -a 'a b' sleep 102" >/dev/null 2>&1 & b=$!
cp /bin/sleep mysleepprogramlong; ./mysleepprogramlong 104 >/dev/null 2>&1 & c=$!
until [ "$(cat /proc/$a/comm /proc/$b/comm /proc/$c/comm | tr '\\n' ' ')" = 'sleep sleep mysleepprograml ' ]; do :; done
p() { echo "--"; ps "$@" > o; echo $?; head -1 o; tail -n +2 o | sed -E '${STEADY}'; }
`;

const groups = (words: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(words.length / size) }, (_, at) => words.slice(at * size, (at + 1) * size));

export const psCases: readonly string[] = [
  ...groups(SHOWN, 16).map(
    (lines) => `${SETUP}${lines.map((line) => `p ${line} 2>&1; `).join('')}kill $a $b $c`,
  ),
  ...groups(WRONG, 16).map((lines) => lines.map((line) => `ps ${line} 2>&1 | grep -v init; `).join('')),
];
