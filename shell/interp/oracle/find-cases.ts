// Snippets for find.

export const findCases: readonly string[] = [
  // find
  "mkdir -p d; touch d/a; find d -fprint out -print; cat out; find d -fprintf o2 '%p\\n' -fprint o2; cat o2; find d -fprint0 o3; od -c o3 | head -2; find d -maxdepth 1 -name a -fls o4; wc -l < o4; find d -fprint /nosuch/x; echo $?; find . -fprintf; find . -fprintf o; find d -name a -fprint /dev/stdout",
  "touch -d 2020-01-01 a; touch -d 2021-01-01 b; find . -newermt 2020-06-01 -name '[ab]'; find . -newer a -name '[ab]'; find . -newermm a -name '[ab]'; find . -name '[ab]' ! -newermt '2020-06-01'; find . -newerXY a; find . -newermt foo; find . -anewer a -name b; find . -newerat 2000-01-01 -name b; find . -newerm a",
  "mkdir d; touch d/abc d/xbc; find d -regex '.*/a.*'; find d -iregex '.*/A.*'; find d -regextype posix-extended -regex '.*/(a|x)bc' | sort; find d -regextype foo; find d -regex '.*\\(a\\|x\\).*' | sort; find -E d; find d -regextype egrep -regex 'd/[ax]bc' | sort",
  'touch a; chmod 644 a; find . -perm 644 -name a; find . -perm -600 -name a; find . -perm /222 -name a; find . -perm u=rw,go=r -name a; find . -perm +222; find . -perm foo; find . -fstype foo; find . -used x; find . -context x; find . -okdir',
  "touch a b; find . -name '[ab]' -exec echo {} \\; | sort; find . -name a -execdir echo {} \\; ; find . -name a -ok echo {} \\; < /dev/null; find . -name a -okdir echo {} \\; <<< y; find . -name a -okdir echo {} \\; <<< n",
  "touch x y; printf 'x\\0' | find -files0-from -; printf 'x\\0\\0y\\0' > l; find -files0-from l; echo $?; find -files0-from nosuch; echo $?; find x -files0-from l; find -files0-from /dev/null; echo $?; find -D foo . -name x; find -Ofoo; echo $?; find -O2 x; find -D exec x",
];
