// mount -a: what fstab names and nobody has mounted yet.

import { attempt } from '../attempt.ts';
import type { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { attach, type How } from './attach.ts';
import { readTable, type TableEntry } from './fstab.ts';
import { takesOptions, takesType } from './mount-list.ts';
import { optionWords } from './mount-words.ts';

/** -t, -O and the options of the command line. */
export interface Chosen {
  readonly types: string | undefined;
  readonly options: string | undefined;
  readonly words: readonly string[];
}

const ALL_FAILED = 32;
const SOME_FAILED = 64;

export const mountAll = async (out: Output, chosen: Chosen, how: How): Promise<number> => {
  const tell = (target: string, what: string): void => {
    if (how.verbose) out.line(`${target.padEnd(25)}: ${what}`);
  };
  let [succeeded, failed] = [0, 0];
  for (const entry of readTable(out.process)) {
    const { source, target, type } = entry;
    if (isLeftOut(entry, chosen)) tell(target, 'ignored');
    else if (isMounted(out, entry)) tell(target, 'already mounted');
    else {
      const words = [...optionWords(entry.options), ...chosen.words];
      const status = await attach(out, { source, target, type, words }, { ...how, verbose: false });
      if (status === 0) succeeded++;
      else failed++;
      if (status === 0 && isMounted(out, entry)) tell(target, 'successfully mounted');
    }
  }
  await out.flush();
  if (failed === 0) return 0;
  return succeeded === 0 ? ALL_FAILED : SOME_FAILED;
};

const isLeftOut = ({ target, type, options }: TableEntry, chosen: Chosen): boolean =>
  type === 'swap' ||
  target === 'none' ||
  options.split(',').includes('noauto') ||
  !takesType(chosen.types, type) ||
  !takesOptions(chosen.options, options);

/** The source stands at the target; of a bind mount it is a directory, of which only the place tells. */
const isMounted = ({ process }: Output, { source, target, options }: TableEntry): boolean => {
  const path = realPath(process, target) ?? target;
  const there = process.mounts().filter((mount) => mount.target === path);
  if (path === '/') return there.length > 0;
  if (!options.split(',').some((word) => word === 'bind' || word === 'rbind'))
    return there.some((mount) => mount.source === source);
  const shown = attempt(() => process.stat(source)).value;
  const standing = attempt(() => process.stat(path)).value;
  return there.length > 0 && shown?.dev === standing?.dev && shown?.ino === standing?.ino;
};
