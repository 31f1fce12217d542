// Sizes with a unit, as options take them: 10, 4K, 1MB, 2MiB (xstrtol's suffixes).

const POWERS = 'KMGTPEZY';

/** The number of bytes; undefined when `text` is no size. `b` counts blocks of 512 where `extra` allows it. */
export const parseSize = (text: string, extra: Readonly<Record<string, number>> = {}): number | undefined => {
  const match = /^(\d+)([a-zA-Z]*)$/.exec(text) ?? /^()([a-zA-Z]+)$/.exec(text);
  if (!match) return undefined;
  const [, digits = '', suffix = ''] = match;
  const unit = unitOf(suffix, extra);
  return unit === undefined ? undefined : (digits === '' ? 1 : Number(digits)) * unit;
};

const unitOf = (suffix: string, extra: Readonly<Record<string, number>>): number | undefined => {
  if (suffix === '') return 1;
  if (extra[suffix] !== undefined) return extra[suffix];
  const match = /^([kKmMgtGTPEZY])(i?B)?$/.exec(suffix);
  if (!match) return undefined;
  const power = POWERS.indexOf((match[1] as string).toUpperCase()) + 1;
  return (match[2] === 'B' ? 1000 : 1024) ** power;
};
