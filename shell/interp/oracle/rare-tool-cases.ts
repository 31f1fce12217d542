// Snippets for the programs of coreutils that few people call.

export const rareToolCases: readonly string[] = [
  // basenc, dircolors, hostid, chcon, runcon, getfattr
  'basenc a; echo hello > h; for k in base64 base64url base32 base32hex base16 base2msbf base2lsbf; do basenc --$k h; basenc --$k h | basenc --$k -d; done; printf 12345678 | basenc --z85; echo; printf 1234567 | basenc --z85; printf \'f!$Kwf!$Kw\' | basenc --z85 -d | od -c; basenc --base16 -w 4 h; basenc --base64 -d <<< "a!b"; basenc --base16 -di <<< "68-65 6C"; basenc; basenc --base64 nosuch; basenc --base16 -w x h; basenc --base16 h h',
  'export SHELL=/bin/bash TERM=xterm; dircolors -b; dircolors -c; dircolors; echo ".foo 01;31" > dc; echo "TERM xterm*" >> dc; dircolors dc; printf "DIR 01;34\\n*README 33\\n.x 1\\nEXEC 32 # c\\n" > dd; TERM=foo dircolors dd; dircolors nosuch; dircolors a b; dircolors -p a; echo "FOO 1" > de; dircolors de; echo "DIR" > df; dircolors df; dircolors --print-ls-colors dd; SHELL=/bin/csh dircolors dd; TERM=none dircolors; printf \'TERM xterm\\nFOO 1\\n\' > dg; dircolors dg; printf \'TERM vt\\n.a 1\\nTERM xterm\\n.b 2\\nTERM vt\\n.c 3\\n\' > dh; dircolors dh; dircolors -b -p; env -u SHELL dircolors; dircolors -p | dircolors -b - | md5sum',
  'hostid | wc -c; hostid x; hostid --foo; touch a w; chcon; chcon a; chcon x a; getfattr -n security.selinux a; chcon --reference=w a; chcon -t foo a nosuch; echo $?; chcon -t foo w; chcon u:r:t:s a; chcon -t foo -l s0:c1 a; getfattr -d -m - a; chcon --reference=a w; getfattr -d -m - w; chcon x nosuch',
  'runcon; echo $?; runcon x; echo $?; runcon x ls; echo $?; runcon -t x; echo $?; runcon -t x ls; runcon -y; echo $?',
  'touch q; setfattr -n user.x -v 0x610062 q; setfattr -n user.y -v 0x6100 q; setfattr -n user.z q; getfattr -d q; getfattr -d -e text q; getfattr -d -e hex q; getfattr -d -e base64 q',
];
