// Which packages came only because others need them: /var/lib/apt/extended_states, as apt-mark(8) keeps it.

import type { Process } from '../fs/process.ts';
import { nameLines } from './apt-words.ts';
import { type DpkgDatabase, parseParagraphs, readText, replaceText } from './dpkg-database.ts';
import type { Output } from './output.ts';

const STATES = '/var/lib/apt/extended_states';

export const automaticPackages = (process: Process): Set<string> =>
  new Set(
    parseParagraphs(readText(process, STATES) ?? '')
      .filter((paragraph) => paragraph.get('Auto-Installed') === '1')
      .map((paragraph) => paragraph.get('Package') ?? ''),
  );

export const setAutomatic = (
  process: Process,
  database: DpkgDatabase,
  names: ReadonlySet<string>,
): Promise<void> =>
  replaceText(
    process,
    STATES,
    [...names]
      .filter((name) => database.installed(name) !== undefined)
      .sort()
      .map((name) => {
        const architecture = database.installed(name)?.get('Architecture') ?? 'amd64';
        return `Package: ${name}\nArchitecture: ${architecture === 'all' ? 'amd64' : architecture}\nAuto-Installed: 1\n\n`;
      })
      .join(''),
  );

/** Automatic packages that nothing installed depends on any more, those of `going` left out. */
export const unneededPackages = (
  process: Process,
  database: DpkgDatabase,
  going: readonly string[] = [],
): string[] => {
  const automatic = automaticPackages(process);
  const stays = (name: string): boolean => database.installed(name) !== undefined && !going.includes(name);
  const needed = new Set([...database.packages.keys()].filter((name) => stays(name) && !automatic.has(name)));
  for (const name of needed) {
    const paragraph = database.packages.get(name);
    const depends = `${paragraph?.get('Depends') ?? ''}, ${paragraph?.get('Recommends') ?? ''}`;
    for (const one of depends.split(/, | \| /)) {
      const dependency = one.replace(/[ :(].*$/, '');
      // A set may grow while it is walked through.
      if (stays(dependency)) needed.add(dependency);
    }
  }
  return [...automatic].filter((name) => stays(name) && !needed.has(name)).sort();
};

/** What install and remove say about packages that could go. */
export const tellUnneeded = (out: Output, names: readonly string[]): void => {
  if (names.length === 0) return;
  const one = names.length === 1;
  const [what, them] = one ? ['package was', 'it'] : ['packages were', 'them'];
  out.text(
    `The following ${what} automatically installed and ${one ? 'is' : 'are'} no longer required:\n${nameLines(names)}Use 'apt autoremove' to remove ${them}.\n`,
  );
};
