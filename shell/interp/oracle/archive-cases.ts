// Snippets for tar and the compressors.

export const archiveCases: readonly string[] = [
  // tar
  'seq 5 > a; tar cf x.tar a; echo b > b; tar rf x.tar b; tar tf x.tar; tar uf x.tar a b; tar tf x.tar; touch -d 2040-01-01 a; tar uvf x.tar a b; tar tf x.tar',
  "mkdir d; touch d/a.c d/b.o d/c.txt; tar cf x.tar --exclude='*.o' d; tar tf x.tar | sort; tar cf x.tar --exclude=d/c.txt --exclude b.o d; tar tf x.tar | sort; printf '*.c\\n' > ex; tar cf x.tar -X ex d; tar tf x.tar | sort; tar tf x.tar --exclude='*.txt' | sort",
  "mkdir -p d/e; touch d/e/f; tar cf x.tar --transform='s,^d,D,' d; tar tf x.tar; tar cf x.tar --xform 's/f/F/' -C d e; tar tf x.tar; mkdir o; tar xf x.tar -C o --strip-components=1; ls -R o; tar xvf x.tar --strip-components=1 --show-transformed-names -C o",
  "touch a b; tar cvf x.tar --transform 's/a/z/' a b; tar tf x.tar; tar tf x.tar --transform 's/z/y/' --show-transformed-names; tar cf x.tar --transform 's/\\(.\\)/\\1\\1/;s/b/c/2' a b; tar tf x.tar; tar cf x.tar --transform 's,a,\\U&,g' a; tar tvf x.tar --transform=x a; echo $?",
  'echo hi > a; touch -d 2001-01-01 a; tar -c --zstd -f x.tar.zst a; tar tf x.tar.zst; tar caf y.tar.gz a; tar tzf y.tar.gz; tar caf y.tar.zst a; tar xvf y.tar.zst; tar --zstd -tf y.tar.zst',
  'echo hi > a; tar cf x.tar a; tar df x.tar; echo bye > a; touch -r x.tar a; tar df x.tar | grep -v time; chmod 600 a; tar -d -f x.tar | grep -v time; tar --compare -f x.tar > /dev/null; echo $?; rm a; tar --diff -vf x.tar; echo $?; mkdir a; tar df x.tar; ln -s a s; tar cf x.tar s; ln -sf b s; tar df x.tar',
  "mkdir d; touch d/x d/y; tar cf x.tar --no-recursion d; tar tf x.tar; find d -type f | sort | tar cf x.tar -T -; tar tf x.tar; find d -type f -print0 | sort -z | tar cf x.tar --null -T -; tar tf x.tar; tar cvf x.tar d/x; tar --remove-files -cf x.tar d/x; ls d; tar xvf x.tar; tar xf x.tar --wildcards 'd/*'; tar tf x.tar '*x'; tar tf x.tar --wildcards '*x'; tar cf x.tar --sort=name d; tar tf x.tar",
  "touch a; tar --owner=5 --group=6 --mode=600 --mtime=@0 --numeric-owner -cf x.tar a; tar tvf x.tar; tar --numeric-owner -tvf x.tar; tar --mode=u+x,o= --owner=foo:7 --group=bar:8 --mtime='2020-01-02 03:04' -cf x.tar a; tar tvf x.tar; tar --numeric-owner -tvf x.tar",
  'echo a > a; echo b > b; tar cf x.tar a b; tar xvf x.tar --skip-old-files; tar xvf x.tar --keep-newer-files; tar xvf x.tar -U; tar xvf x.tar --overwrite; rm a; tar xf x.tar --skip-old-files; cat a; touch -d 2000-01-01 a; echo old > b; touch -d 2000-01-01 b; tar xf x.tar --keep-newer-files; cat b',
  'echo hi > a; tar czf x.tgz a; tar rzf x.tgz a; echo $?; tar rf x.tgz a; echo $?; tar rf new.tar a; echo $?; tar tf new.tar; tar cf z.tar -X nosuch a; echo $?; tar cf z.tar -T nosuch; echo $?',
  'mkdir d; touch d/x; tar cf x.tar d; touch d/y; touch -d 2001-01-01 d; tar uf x.tar d; tar tf x.tar; tar rvf x.tar d/y; tar tf x.tar | wc -l; stat -c %s x.tar; tar --remove-files -cf y.tar d; ls',
];
