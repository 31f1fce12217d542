// What apt knows of the world outside: the release it runs on, its sources, and the lists it has fetched.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { type ArchivePackage, aptArchive } from '../images/packages.ts';
import { attempt } from './attempt.ts';
import { parseParagraphs, readText } from './dpkg-database.ts';
import { toBytes } from './text.ts';

const LISTS = '/var/lib/apt/lists';

export interface Suite {
  /** `http://archive.ubuntu.com/ubuntu` */
  readonly uri: string;
  /** `focal-updates` */
  readonly suite: string;
  readonly components: readonly string[];
}

export const codenameOf = (process: Process): string =>
  /^VERSION_CODENAME=(\w+)$/m.exec(readText(process, '/etc/os-release') ?? '')?.[1] ?? '';

/** The suites of /etc/apt/sources.list and sources.list.d, in order. */
export const readSources = (process: Process): Suite[] => {
  const directory = '/etc/apt/sources.list.d';
  const names = (attempt(() => process.readdir(directory)).value ?? []).map(({ name }) => name).sort();
  return [
    ...oneLine(readText(process, '/etc/apt/sources.list') ?? ''),
    ...names.flatMap((name) => {
      const text = readText(process, `${directory}/${name}`) ?? '';
      if (name.endsWith('.list')) return oneLine(text);
      return name.endsWith('.sources') ? deb822(text) : [];
    }),
  ];
};

const oneLine = (text: string): Suite[] => {
  const suites: Suite[] = [];
  for (const line of text.split('\n')) {
    const [type, uri = '', suite = '', ...components] =
      line
        .replace(/\[[^\]]*\]/, '')
        .split('#')[0]
        ?.trim()
        .split(/\s+/) ?? [];
    if (type !== 'deb' || suite === '') continue;
    const known = suites.findIndex((one) => one.suite === suite && one.uri === trim(uri));
    if (known < 0) suites.push({ uri: trim(uri), suite, components });
    else
      suites[known] = {
        uri: trim(uri),
        suite,
        components: [...(suites[known]?.components ?? []), ...components],
      };
  }
  return suites;
};

const deb822 = (text: string): Suite[] =>
  parseParagraphs(text).flatMap((paragraph) => {
    if (!paragraph.get('Types')?.split(' ').includes('deb')) return [];
    const components = paragraph.get('Components')?.split(' ') ?? [];
    return (paragraph.get('URIs') ?? '')
      .split(' ')
      .flatMap((uri) =>
        (paragraph.get('Suites') ?? '').split(' ').map((suite) => ({ uri: trim(uri), suite, components })),
      );
  });

const trim = (uri: string): string => uri.replace(/\/+$/, '');

/** True when `apt-get update` has left its lists, and nobody has removed them. */
export const hasLists = (process: Process): boolean =>
  (attempt(() => process.readdir(LISTS)).value ?? []).some(({ name }) => name.endsWith('_Packages'));

export const archiveOf = (process: Process): Map<string, ArchivePackage> => aptArchive(codenameOf(process));

/** One file that update fetches. */
export interface Fetched {
  readonly line: string;
  readonly bytes: number;
}

/** Writes the lists of all suites, and tells what was fetched for each. */
export const fetchLists = async (process: Process, suites: readonly Suite[]): Promise<Fetched[]> => {
  const codename = codenameOf(process);
  const archive = archiveOf(process);
  const fetched: Fetched[] = [];
  attempt(() => process.mkdir(LISTS, 0o755));
  attempt(() => process.mkdir(`${LISTS}/partial`, 0o700));
  await write(process, `${LISTS}/lock`, '', 0o640);
  for (const { uri, suite, components } of suites) {
    const stem = `${LISTS}/${`${uri.replace(/^\w+:\/\//, '')}/dists/${suite}`.replaceAll('/', '_')}`;
    const release = releaseText(process, suite, components);
    await write(process, `${stem}_InRelease`, release);
    fetched.push({ line: `${uri} ${suite} InRelease`, bytes: release.length });
    for (const component of components) {
      // Everything the archive has is in main of the release itself; the other lists are empty.
      const holds = suite === codename && component === 'main';
      const text = holds ? [...archive.values()].map(packageParagraph).join('\n') : '';
      if (text === '') continue;
      await write(process, `${stem}_${component}_binary-amd64_Packages`, text);
      fetched.push({ line: `${uri} ${suite}/${component} amd64 Packages`, bytes: text.length });
    }
  }
  return fetched;
};

const write = async (process: Process, path: string, text: string, mode = 0o644): Promise<void> => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  if (text !== '') await process.write(fd, toBytes(text));
  process.close(fd);
};

const releaseText = (process: Process, suite: string, components: readonly string[]): string => {
  const ubuntu = /^ID=ubuntu$/m.test(readText(process, '/etc/os-release') ?? '');
  return `Origin: ${ubuntu ? 'Ubuntu' : 'Debian'}\nSuite: ${suite}\nCodename: ${suite.split('-')[0]}\nArchitectures: amd64\nComponents: ${components.join(' ')}\n`;
};

const packageParagraph = (one: ArchivePackage): string =>
  [
    `Package: ${one.name}`,
    `Architecture: ${one.architecture}`,
    `Version: ${one.version}`,
    `Section: ${one.section}`,
    `Installed-Size: ${one.size}`,
    ...(one.depends.length > 0 ? [`Depends: ${one.depends.join(', ')}`] : []),
    `Size: ${one.download * 1000}`,
    `Description: ${one.title}`,
    '',
  ].join('\n');
