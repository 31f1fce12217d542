// What two runs of docker may differ in: ids, times, ages, and what depends on the base image. Nothing else.

const LEGACY_NOTICE = /^DEPRECATED: The legacy builder[\s\S]*?buildx\/\n\n?/gm;

const rules: readonly (readonly [RegExp, string])[] = [
  [LEGACY_NOTICE, ''],
  [/\r\n|\r/g, '\n'],
  // A slip of that client's.
  [/^SRun '/gm, "Run '"],
  [/\b(file|dir|multi):[0-9a-f]{17}…/g, '$1:SUM…'],
  [/\b(file|dir|multi):[0-9a-f]{64}\b/g, '$1:SUM'],
  [/\b[0-9a-f]{64}\b/g, 'ID64'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12}\b/g, 'ID12'],
  [/\b[0-9]{12}\b/g, 'ID12'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME'],
  [/[A-Z][a-z]{2} +\d+ \d\d:\d\d/g, 'DATE'],
  [/\b20\d\d-\d\d-\d\d \d\d:\d\d\b(?!:)/g, 'DATE'],
  [/\b0\.01 to \d+\.00, as there are only \d+ CPUs/g, '0.01 to N.00, as there are only N CPUs'],
  [/docker-import-\d+/g, 'docker-import-N'],
  [
    /(Less than a second|About (a minute|an hour)|\d+ (second|minute|hour|day|week|month|year)s?)( ago)?/g,
    'AGE',
  ],
  [/\b\d+(\.\d+)?MB\b/g, 'SIZE'],
  [/\bSizeRootFs=\d+/g, 'SizeRootFs=SIZE'],
  [/\b\d+ +\d+ +\d+ +\d\d:\d\d(?= +\?)/g, 'PIDS'],
  // Columns are as wide as their longest cell, which the rules above have changed.
  [/ {2,}/g, '  '],
  [/ +$/gm, ''],
];

/** The text with everything that may differ made the same. */
export const engineWords = (text: string): string => {
  const same = rules.reduce((changed, [pattern, word]) => changed.replace(pattern, word), text);
  return sortedChanges(same)
    .replace(/\n{2,}/g, '\n')
    .trim();
};

/** docker diff of a real engine lists siblings in any order. */
const sortedChanges = (text: string): string => {
  const lines = text.split('\n');
  const changes = lines
    .filter((line) => /^[ACD] \//.test(line))
    .sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
  return lines.map((line) => (/^[ACD] \//.test(line) ? (changes.shift() as string) : line)).join('\n');
};
