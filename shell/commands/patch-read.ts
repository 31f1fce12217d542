// Reads patches: unified, context and normal diffs, all as hunks of the unified form.

import type { Hunk } from './patch-hunks.ts';

export interface FilePatch {
  readonly oldName: string;
  readonly newName: string;
  /** The file is not there before, or not afterwards: its name is /dev/null, or its time the beginning of time. */
  readonly creates: boolean;
  readonly deletes: boolean;
  /** The lines that name the files, as they are. */
  readonly head: readonly string[];
  readonly hunks: readonly Hunk[];
  /** The number of the line where the first hunk begins. */
  readonly line: number;
}

const UNIFIED = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const CONTEXT_OLD = /^\*\*\* (\d+)(?:,(\d+))? \*\*\*\*/;
const CONTEXT_NEW = /^--- (\d+)(?:,(\d+))? ----/;
const NORMAL = /^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$/;

/** A patch that cannot be read from that line on. */
class Malformed extends Error {
  readonly line: number;

  constructor(line: number) {
    super('malformed patch');
    this.line = line;
  }
}

/** All files of a patch, or the number of the line where it is malformed. */
export const readPatch = (text: string): FilePatch[] | number => {
  try {
    return new PatchReader(text).read();
  } catch (error) {
    if (error instanceof Malformed) return error.line;
    throw error;
  }
};

interface Name {
  readonly name: string;
  readonly absent: boolean;
}

/** The name in a `--- a/file<TAB>date` line. */
const nameOf = (line: string): Name => {
  const [name = '', date = ''] = line.slice(4).trimEnd().split('\t');
  const absent = name === '/dev/null' || /^(?:1970-01-01 00:00:00|Thu Jan +1 00:00:00 1970)/.test(date);
  return { name: name.trimEnd(), absent };
};

class PatchReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  }

  read(): FilePatch[] {
    const patches: FilePatch[] = [];
    while (this.#at < this.#lines.length) {
      const [first = '', second = '', third = ''] = this.#lines.slice(this.#at, this.#at + 3);
      if (first.startsWith('--- ') && second.startsWith('+++ ') && UNIFIED.test(third))
        patches.push(this.#file([first, second], () => this.#unified()));
      else if (first.startsWith('*** ') && second.startsWith('--- ') && third.startsWith('***************'))
        patches.push(this.#file([first, second], () => this.#context()));
      else if (NORMAL.test(first.trimEnd())) patches.push(this.#file([], () => this.#normal()));
      else this.#at++;
    }
    return patches;
  }

  #file(head: readonly string[], next: () => Hunk | undefined): FilePatch {
    const [old, fresh] = head.map(nameOf);
    this.#at += head.length;
    const line = this.#at + 1;
    const hunks: Hunk[] = [];
    for (let hunk = next(); hunk; hunk = next()) hunks.push(hunk);
    return {
      oldName: old?.name ?? '',
      newName: fresh?.name ?? '',
      creates: old?.absent ?? false,
      deletes: fresh?.absent ?? false,
      head,
      hunks,
      line,
    };
  }

  /** Takes the newline of the last line away where the next one says that there is none. */
  #open(body: string[]): void {
    if (!this.#lines[this.#at]?.startsWith('\\')) return;
    this.#at++;
    body.push((body.pop() ?? '').replace(/\n$/, ''));
  }

  #unified(): Hunk | undefined {
    const header = this.#lines[this.#at] ?? '';
    const match = UNIFIED.exec(header);
    if (!match) return undefined;
    this.#at++;
    let [olds, news] = [Number(match[2] ?? 1), Number(match[4] ?? 1)];
    const body: string[] = [];
    while (olds > 0 || news > 0) {
      const line = this.#lines[this.#at++];
      if (line === undefined) throw new Malformed(this.#at);
      const mark = line === '\n' ? ' ' : line[0];
      if (mark !== ' ' && mark !== '-' && mark !== '+') throw new Malformed(this.#at);
      if (mark !== '+') olds--;
      if (mark !== '-') news--;
      body.push(line === '\n' ? ' \n' : line);
      this.#open(body);
    }
    return { oldStart: Number(match[1]), newStart: Number(match[3]), lines: body, header };
  }

  /** One side of a hunk of the context form, or nothing where it is left out. */
  #side(marks: string): string[] {
    const body: string[] = [];
    for (
      let line = this.#lines[this.#at];
      line !== undefined && /^. |^\n$/.test(line);
      line = this.#lines[this.#at]
    ) {
      if (line !== '\n' && !marks.includes(line[0] as string)) break;
      if (CONTEXT_NEW.test(line)) break;
      this.#at++;
      body.push(line === '\n' ? '  \n' : line);
      this.#open(body);
    }
    return body;
  }

  #context(): Hunk | undefined {
    if (!this.#lines[this.#at]?.startsWith('***************')) return undefined;
    const olds = CONTEXT_OLD.exec(this.#lines[this.#at + 1] ?? '');
    if (!olds) throw new Malformed(this.#at + 2);
    this.#at += 2;
    const before = this.#side(' -!');
    const news = CONTEXT_NEW.exec(this.#lines[this.#at] ?? '');
    if (!news) throw new Malformed(this.#at + 1);
    this.#at++;
    const after = this.#side(' +!');
    const lines = merged(before, after);
    const [oldStart, newStart] = [Number(olds[1]), Number(news[1])];
    return { oldStart, newStart, lines, header: headerOf(oldStart, newStart, lines) };
  }

  #normal(): Hunk | undefined {
    const match = NORMAL.exec((this.#lines[this.#at] ?? '').trimEnd());
    if (!match) return undefined;
    this.#at++;
    const lines: string[] = [];
    const take = (sign: string, mark: string): void => {
      while (this.#lines[this.#at]?.startsWith(`${sign} `)) {
        lines.push(`${mark}${(this.#lines[this.#at++] as string).slice(2)}`);
        this.#open(lines);
      }
    };
    take('<', '-');
    if (match[3] === 'c') this.#at++;
    take('>', '+');
    const [oldStart, newStart] = [Number(match[1]), Number(match[4])];
    return { oldStart, newStart, lines, header: headerOf(oldStart, newStart, lines) };
  }
}

const headerOf = (oldStart: number, newStart: number, lines: readonly string[]): string => {
  const range = (start: number, leaves: string): string => {
    const count = lines.filter((line) => line[0] !== leaves).length;
    return count === 1 ? String(start) : `${start},${count}`;
  };
  return `@@ -${range(oldStart, '+')} +${range(newStart, '-')} @@\n`;
};

/** Both sides of the context form as one: what is left out of one side stands on the other. */
const merged = (before: readonly string[], after: readonly string[]): string[] => {
  const result: string[] = [];
  const text = (line: string, mark: string): string => `${mark}${line.slice(2)}`;
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old[0] !== ' ') {
      result.push(text(old, '-'));
      i++;
    } else if (fresh !== undefined && fresh[0] !== ' ') {
      result.push(text(fresh, '+'));
      j++;
    } else {
      result.push(text((old ?? fresh) as string, ' '));
      if (old !== undefined) i++;
      if (fresh !== undefined) j++;
    }
  }
  return result;
};
