// The database of dpkg in the tree that the process sees: /var/lib/dpkg.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { toBytes, toText } from './text.ts';

const STATUS = '/var/lib/dpkg/status';
const INFO = '/var/lib/dpkg/info';

export type Paragraph = Map<string, string>;

/** The text of a file; undefined when it cannot be read. */
export const readText = (process: Process, path: string): string | undefined => {
  const { value: fd } = attempt(() => process.open(path, O.RDONLY));
  if (fd === undefined) return undefined;
  const text = toText(process.pread(fd, process.fstat(fd).size, 0));
  process.close(fd);
  return text;
};

/** Writes a file by way of a new one that takes its place. */
export const replaceText = async (process: Process, path: string, text: string): Promise<void> => {
  const fd = process.open(`${path}-new`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  await process.write(fd, toBytes(text));
  process.close(fd);
  process.rename(`${path}-new`, path);
};

export const appendText = async (process: Process, path: string, text: string): Promise<void> => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.APPEND, 0o644);
  await process.write(fd, toBytes(text));
  process.close(fd);
};

/** Paragraphs of `Name: value` lines (deb-control(5)). */
export const parseParagraphs = (text: string): Paragraph[] =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map(
      (paragraph) =>
        new Map(
          paragraph.split('\n').flatMap((line): [string, string][] => {
            const colon = line.indexOf(': ');
            return colon > 0 && !line.startsWith(' ') ? [[line.slice(0, colon), line.slice(colon + 2)]] : [];
          }),
        ),
    );

export class DpkgDatabase {
  readonly packages: Map<string, Paragraph>;
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
    const paragraphs = parseParagraphs(readText(process, STATUS) ?? '');
    this.packages = new Map(paragraphs.map((paragraph) => [paragraph.get('Package') ?? '', paragraph]));
  }

  /** The paragraph of a package that is installed. */
  installed(name: string): Paragraph | undefined {
    const paragraph = this.packages.get(name);
    return paragraph?.get('Status') === 'install ok installed' ? paragraph : undefined;
  }

  /** What a package put on the disk; undefined when the database does not say. */
  files(name: string): string[] | undefined {
    return readText(this.#process, `${INFO}/${name}.list`)
      ?.split('\n')
      .filter((path) => path !== '');
  }

  /** The number of files and directories that all packages own. */
  countFiles(): number {
    const all = new Set<string>();
    for (const name of this.packages.keys()) for (const path of this.files(name) ?? []) all.add(path);
    return all.size;
  }

  async setFiles(name: string, paths: readonly string[]): Promise<void> {
    await replaceText(this.#process, `${INFO}/${name}.list`, `/.\n${paths.join('\n')}\n`);
  }

  forgetFiles(name: string): void {
    attempt(() => this.#process.unlink(`${INFO}/${name}.list`));
  }

  /** Writes the status file; the one before is kept as status-old. */
  async save(): Promise<void> {
    const text = [...this.packages.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, paragraph]) => `${[...paragraph].map(([key, value]) => `${key}: ${value}`).join('\n')}\n\n`)
      .join('');
    attempt(() => this.#process.rename(STATUS, `${STATUS}-old`));
    await replaceText(this.#process, STATUS, text);
  }
}
