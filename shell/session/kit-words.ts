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
  [/::[0-9a-z]{25}/, '::REF'],
];

const plain = (line: string): string =>
  rules.reduce((text, [pattern, word]) => text.replace(pattern, word), line);

const apart = (line: string): string =>
  line
    .replace(/\S*\/buildkit-mount\d+/, '/var/lib/docker/tmp/buildkit-mountN')
    .replace(/::[0-9a-z]{25}/, '::REF')
    .replace(/^\d+\.\d{3} /, 'T ');

/** Numbers, digests and durations left out; vertices by name, the rest of the output after them. */
export const kitWords = (text: string): string => {
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
  const whole = [...blocks.values()].filter(({ lines }) => !lines.includes('CANCELED'));
  const sorted = whole.map(blockText).sort();
  return engineWords([...sorted, ...rest].join('\n'));
};

/** A status is told again when it is done; only its end counts. A base may be found or loaded. */
const blockText = ({ lines }: Block): string => {
  const ended = lines.filter((line, at) => !/^(|transferring \w+:)$/.test(line) && !lines.slice(at + 1).includes(`${line} done`));
  const text = [...new Set(ended.filter((line) => line !== '...'))].join('\n');
  return /^\[(?:\S+ )?1\/\d+\] FROM/.test(text)
    ? text.replace(/\b(CACHED|DONE)\b/, 'THERE').replace(/^\[\S+ 1\//, '[1/')
    : text;
};
