// What the overlay says in the kernel's log about layers that it cannot use, as Linux 6.18 says it. Recorded: the kernel
// leaves lines out where the same is said too often, so that two runs side by side cannot be compared.

import test from 'ava';
import { CowshSide } from './differential/cowsh-side.ts';
import type { Operation } from './differential/script.ts';
import { belowScripts } from './differential/smoke-below.ts';
import { indexStateScripts } from './differential/smoke-index-state.ts';
import { removedScripts } from './differential/smoke-removed.ts';
import { workScripts } from './differential/smoke-work.ts';

const scripts: Record<string, Operation[]> = {
  ...indexStateScripts,
  ...workScripts,
  ...removedScripts,
  ...belowScripts,
};

const ADVICE = "try deleting index dir or mounting with '-o index=off' to disable inodes index.";
const IN_USE = 'is in-use as upperdir/workdir of another mount';

/** The lines of a script, each once; handles and inode numbers are not the kernel's. */
const recorded: Record<string, string[]> = {
  'an entry of the index: no origin': [
    'failed to verify index (index/HANDLE, ftype=8000, err=-61)',
    'failed index dir cleanup (-61)',
    ADVICE,
  ],
  'an entry of the index: a whiteout, all names are there again': [
    'bad index found (index=index/HANDLE, ftype=2000, origin ftype=8000).',
  ],
  'an entry of the index: the lower file and the upper names are gone': [
    'failed to verify index (index/HANDLE, ftype=8000, err=-116)',
  ],
  'an entry of the index: the lower file has one name left': [
    'orphan index entry (index/HANDLE, ftype=8000, nlink=1)',
  ],
  "a directory's entry in the index: the copy is gone": [
    'orphan index entry (index/HANDLE, ftype=4000, nlink=2)',
    'bad index found (index=index/HANDLE, ftype=2000, origin ftype=4000).',
  ],
  "a directory's entry in the index: it names nothing": [
    'invalid origin (0000006a)',
    'failed to verify index (index/HANDLE, ftype=4000, err=-116)',
  ],
  "a directory's entry in the index: the copy has another origin": [
    'failed to verify index (index/HANDLE, ftype=4000, err=-116)',
    'failed to verify origin (l/e, ino=N, err=-116)',
  ],
  "a directory's entry in the index: it holds a directory": [
    'failed to verify index (index/HANDLE, ftype=4000, err=-116)',
    "cleanup of 'index/HANDLE' failed (-39)",
    'failed to verify upper (u/e, ino=N, err=-61)',
    'failed to look up (e) for ino (-5)',
  ],
  "a directory's entry in the index: another directory redirects to the lower one": [
    'failed to verify upper (u/d2, ino=N, err=-116)',
    'suspected multiply redirected dir found (upper=u/d2, origin=l/d, index=index/HANDLE).',
    'failed to look up (d2) for ino (-5)',
  ],
  "a directory's entry in the index: the copy was moved out": [
    'suspected uncovered redirected dir found (origin=l/d, index=index/HANDLE).',
  ],
  'the stored number of names: junk': ['failed to get index nlink (u/h1, err=4)'],
  'the stored number of names: U-7': ['failed to get index nlink (u/h1, err=0)'],
  'the stored number of names: U+2x': ['failed to get index nlink (u/h1, err=-22)'],
  'the work directory cannot be emptied,nfs_export=on': [
    "cleanup of 'a/b' failed (-39)",
    "cleanup of 'work/a' failed (-39)",
    "cleanup of 'w/work' failed (-39)",
    'failed to create directory w/work (errno: 17); mounting read-only',
    'NFS export requires an index dir, falling back to nfs_export=off.',
  ],
  'no inode for the work directory': [
    'failed to create directory x/w/work (errno: 28); mounting read-only',
    'failed to set uuid (/u, err=-28); falling back to uuid=null.',
  ],
  '4 inodes for an index': ['upper fs does not support tmpfile.'],
  'the directory for the work directory is immutable': [
    'failed to create directory w/work (errno: 1); mounting read-only',
  ],
  'the old work directory is immutable': [
    "cleanup of 'w/work' failed (-1)",
    'failed to create directory w/work (errno: 17); mounting read-only',
  ],
  'something is mounted on the work directory': [
    "cleanup of 'w/work' failed (-16)",
    'failed to create directory w/work (errno: 17); mounting read-only',
  ],
  'the index is immutable': [
    'failed to verify upper (/u, ino=N, err=-1)',
    "failed to verify index dir 'upper' xattr",
    ADVICE,
  ],
  'the upper directory is immutable before the mount, index=on': ['failed to verify upper root origin'],
  "behind the mount: a metacopy's lower file is another": [
    'failed to verify origin (l/f, ino=N, err=-116)',
    'failed to look up (f) for ino (-116)',
  ],
  'behind the mount: an upper directory holds what cannot be looked up': [
    'invalid redirect (//)',
    'failed to look up (q) for ino (-22)',
  ],
  'an upper and a work directory that another mount has': [
    `upperdir ${IN_USE}, accessing files from both mounts will result in undefined behavior.`,
    `upperdir ${IN_USE}, mount with '-o index=off' to override exclusive upperdir protection.`,
    `workdir ${IN_USE}, mount with '-o index=off' to override exclusive upperdir protection.`,
    `workdir ${IN_USE}, accessing files from both mounts will result in undefined behavior.`,
  ],
  'redirects into a data-only layer': [
    'lazy lowerdata lookup failed (/a, err=-20)',
    'invalid redirect (/)',
    'lazy lowerdata lookup failed (/e, err=-2)',
    'metacopy with no lower data found - abort lookup (/g)',
    'lazy lowerdata lookup failed (/i, err=-2)',
    'lazy lowerdata lookup failed (/j, err=-2)',
    'lazy lowerdata lookup failed (/k, err=-2)',
  ],
  'a layer of proc': ['maximum fs stacking depth exceeded'],
  'whiteouts that cannot share an inode': [
    'Failed to link whiteout - disabling whiteout inode sharing(nlink=3, err=18446744073709551588)',
  ],
};

const linesOf = (operations: readonly Operation[]): string[] => {
  const side = new CowshSide('tmpfs');
  for (const operation of operations) side.run(operation);
  const lines = side.kernel.log.flatMap((line) => /overlayfs: (.*)/.exec(line)?.[1] ?? []);
  const told = lines.map((line) =>
    line.replaceAll(/00fb[0-9a-f]{38,}/g, 'HANDLE').replaceAll(/ino=\d+/g, 'ino=N'),
  );
  return [...new Set(told)];
};

for (const [name, lines] of Object.entries(recorded))
  test(name, (t) => {
    t.deepEqual(linesOf(scripts[name] ?? []), lines);
  });
