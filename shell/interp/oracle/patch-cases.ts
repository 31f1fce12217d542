// Snippets for patch.

export const patchCases: readonly string[] = [
  // patch
  "printf 'a\\nb\\nc\\nd\\ne\\nf\\ng\\n' > a; cp a o; sed 's/c/C/;s/g/G/' a > b; diff a b > n; diff -c a b > c; diff -u a b > u; cp o a; patch a n; cat a | tr '\\n' ' '; cp o a; patch a c; cat a | tr '\\n' ' '; cp o a; patch -p0 < u; cp o a; patch -b a u; ls; patch -R a u; cmp a o; patch -N a u; patch -N a u; echo $?; cp o a; patch --dry-run a u; cmp a o; patch -R a u; echo $?; patch -s a u; patch -o out a u; echo $?; ls",
  "printf 'a\\nb\\nc\\nd\\ne\\nf\\ng\\n' > a; sed 's/c/C/' a > b; diff -u a b > u; (printf '1\\n2\\n3\\n'; cat a) > z; mv z a; patch < u; ls; echo X > a; patch < u; echo $?; ls; cat a.orig; rm a; patch < u; echo $?; patch -i nosuch; echo $?; patch -f -i u; echo $?; patch -t -i u; echo $?; patch -x; patch -d nosuch < u; echo garbage | patch; echo $?",
  'mkdir a b; echo 1 > a/f; echo 2 > b/f; echo new > b/g; echo old > a/h; diff -ruN a b > p; cd a; patch -p1 < ../p; ls; cat *; patch -R -p1 < ../p; ls; patch -p1 -N -r - < ../p; patch -p1 -N -r - < ../p; echo $?; patch -E -R -p1 < ../p; patch -p1 -b -z .bk < ../p; ls; patch -p1 -R -V numbered -b < ../p; ls',
  'mkdir a b; mkdir b/sub; echo new > b/sub/g; echo x > b/e; diff -ruN a b > p; cd a; patch -p1 < ../p; find . | sort; patch -R -p1 < ../p; find . | sort; cd ..; mkdir c; cd c; patch -p0 < ../p | head -3; cat ../b/e',
  "printf '1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n' > f; cp f o; sed '2d;8s/.*/eight/' f > g; sed -i 1iX g; diff f g > n; diff -c f g > c; diff -u0 f g > u0; for p in n c u0; do cp o f; patch -s f $p; cmp f g && echo same $p; patch -sR f $p; cmp f o && echo back $p; done",
  "printf 'a\\nb\\n' > f; printf 'a\\nB' > g; diff -c f g > c; diff f g > n; diff -u f g > u; cp f o; for p in c n u; do cp o f; patch f < $p; cmp f g; patch -R f < $p; cmp f o; done; ls",
  'echo a > f; echo b > g; touch -d 2020-01-01 f g; diff -u f g > p; rm f g; patch < p; echo $?; patch -p1 < p; echo $?; patch -p0 -N < p; echo $?; ls',
  "printf 'a\\nb\\nc\\n' > f; sed s/b/B/ f > g; diff -u f g > p; cp f o; patch -r rej f p; patch -r rej -N f p; ls; cat rej | tail -n +3; cp o f; echo z >> f; patch --no-backup-if-mismatch f p; ls; cp o f; patch -B old. f p; ls; cp o f; patch -b -V t f p; ls; cp o f; patch -b -V t f p; ls",
  'mkdir a b; mkdir b/sub; echo new > b/sub/g; mkdir a/old; echo 1 > a/old/x; diff -rN a b; diff -r a b; diff -rqN a b; diff -N a/old/x nosuch; diff -N nosuch nosuch2; diff -rN a/old nosuch',
];
