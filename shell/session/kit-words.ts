// BuildKit works at several steps at once and prints them as they come: what two builds printed, brought into one order.

import { engineWords } from './engine-words.ts';

const VERTEX = /^#(\d+) (.*)$/;

/** The lines of one vertex, without their number. */
interface Block {
  readonly name: string;
  readonly lines: string[];
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/^sha256:[0-9a-f]{64}$/, ''],
  [/ \d+\.\ds(?= done$|$)/, ''],
  [/^\d+\.\d{3} /, 'T '],
  // What was sent again depends on what an earlier build has left on the other side.
  [/^(transferring context:) [\d.]+k?B/, '$1 SIZE'],
  [/^(copying files) [\d.]+[kM]?B/, '$1 SIZE'],
  [/buildkit-mount\d+/, 'buildkit-mountN'],
  [/^sending tarball.*/, 'sending tarball done'],
  [/ref \S+::[0-9a-z]{25}/, 'ref REF'],
];

const plain = (line: string): string =>
  rules.reduce((text, [pattern, word]) => text.replace(pattern, word), line);

const apart = (line: string): string =>
  line
    .replace(/\S*\/buildkit-mount\d+/, '/var/lib/docker/tmp/buildkit-mountN')
    .replace(/ref \S+::[0-9a-z]{25}/, 'ref REF')
    .replace(/^\d+\.\d{3} /, 'T ');

/** Numbers, digests and durations left out; vertices by name, the rest of the output after them. */
export const kitWords = (text: string): string => {
  const { vertices, rest } = kitParts(text);
  return engineWords([...vertices, ...rest].join('\n'));
};

/** The vertices in order of their names, and the lines that belong to none. */
export const kitParts = (text: string): { vertices: string[]; rest: string[] } => {
  const blocks = new Map<string, Block>();
  const rest: string[] = [];
  for (const line of text.split('\n')) {
    const [, number, words = ''] = VERTEX.exec(line) ?? [];
    if (number === undefined) {
      rest.push(apart(line));
      continue;
    }
    const block = blocks.get(number) ?? { name: words, lines: [] };
    blocks.set(number, block);
    block.lines.push(plain(words));
  }
  const noDockerfile = text.includes('failed to read dockerfile');
  const whole = [...blocks.values()].filter(
    ({ name, lines }) =>
      !lines.includes('CANCELED') && !(noDockerfile && name === '[internal] load .dockerignore'),
  );
  return { vertices: whole.map(blockText).sort(), rest };
};

const isUnfinished = (line: string): boolean =>
  /^(transferring|exporting layers|writing|naming|copying|sending)(?!.* done$)/.test(line);
const isEnd = (line: string): boolean => /^(DONE|CACHED|ERROR)\b/.test(line);

/** A status is told again when it is done, now and then after the step's end; a base may be found or loaded. */
const blockText = ({ lines }: Block): string => {
  const told = lines.filter((line) => line !== '' && line !== '...' && !isUnfinished(line));
  const ends = told.filter(isEnd);
  // Sometimes BuildKit finds out late that a step has to be done after all.
  const end = ends.find((line) => line !== 'CACHED') ?? ends[0];
  const text = [...new Set(told.filter((line) => !isEnd(line))), ...(end === undefined ? [] : [end])].join(
    '\n',
  );
  return /^\[(?:\S+ )?1\/\d+\] FROM/.test(text)
    ? text.replace(/\b(CACHED|DONE)\b/, 'THERE').replace(/^\[(?:\S+ )?1\/\d+\]/, '[1/N]')
    : text;
};
