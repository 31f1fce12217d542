// Here-documents in a Dockerfile (docker/dockerfile 1.4): `RUN <<EOF`, `COPY <<"EOF" /file`.

export interface Heredoc {
  /** The word that ends it. */
  readonly name: string;
  readonly text: string;
  /** `<<-`: leading tabs go. */
  readonly chomp: boolean;
  /** The word was not quoted: variables in the text are filled in. */
  readonly expand: boolean;
}

interface Opening {
  readonly name: string;
  readonly chomp: boolean;
  readonly expand: boolean;
}

const OPENING = /^\d*<<(-?)([^<]+)$/;

/** What a word opens, if it opens a document. */
const openingOf = (word: string): Opening | undefined => {
  const [, dash, rest] = OPENING.exec(word) ?? [];
  if (rest === undefined) return undefined;
  const name = rest.replace(/["'\\]/g, '');
  return name === '' ? undefined : { name, chomp: dash === '-', expand: name === rest };
};

/** A command that is nothing but the opening of a document. */
export const isHeredoc = (word: string): boolean => openingOf(word.trim()) !== undefined;

/** Words at white space; quotes hold them together, and stay. */
const wordsOf = (line: string): string[] => line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];

/** The documents that an instruction's line opens, in order. */
const openingsOf = (line: string): Opening[] => wordsOf(line).flatMap((word) => openingOf(word) ?? []);

const MAY_HAVE = /^\s*(add|copy|run)\s/i;

/** Reads the documents that begin after the line at `next`; `unterminated` names one without an end. */
export const readHeredocs = (
  line: string,
  physical: readonly string[],
  next: number,
): { heredocs: Heredoc[]; next: number; unterminated?: string } => {
  const heredocs: Heredoc[] = [];
  let at = next;
  for (const opening of MAY_HAVE.test(line) ? openingsOf(line) : []) {
    const lines: string[] = [];
    for (;;) {
      const text = physical[at];
      if (text === undefined) return { heredocs, next: at, unterminated: opening.name };
      at += 1;
      if ((opening.chomp ? text.replace(/^\t+/, '') : text) === opening.name) break;
      lines.push(`${text}\n`);
    }
    heredocs.push({ ...opening, text: lines.join('') });
  }
  return { heredocs, next: at };
};

/** The text as the program reads it. */
export const heredocText = ({ text, chomp }: Heredoc): string => (chomp ? text.replace(/^\t+/gm, '') : text);

/** How the progress names a document: its first line. */
export const heredocSummary = ({ text }: Heredoc): string => {
  const [first = '', ...more] = text.trim().split('\n');
  return more.length > 0 ? `${first}...` : first;
};
