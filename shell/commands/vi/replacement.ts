// The replacement of a substitution: what its backslashes and ampersands stand for.

type Case = (text: string) => string;

const CASES: Readonly<Record<string, Case>> = {
  U: (text) => text.toUpperCase(),
  L: (text) => text.toLowerCase(),
  u: (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
  l: (text) => text.slice(0, 1).toLowerCase() + text.slice(1),
};

/** `&`, `\1`, `\r`, `\u` and their like in a replacement. */
export const expandReplacement = (replacement: string, groups: readonly (string | undefined)[]): string => {
  let out = '';
  let lasting: Case = (text) => text;
  let once: Case | undefined;
  const add = (text: string): void => {
    if (text === '') return;
    const cased = lasting(text);
    out += once === undefined ? cased : once(cased);
    once = undefined;
  };
  for (const [piece, escaped] of replacement.matchAll(/\\(.)|./gsu)) {
    if (escaped === undefined) add(piece === '&' ? (groups[0] ?? '') : piece === '\r' ? '\n' : piece);
    else if (/[0-9]/.test(escaped)) add(groups[Number(escaped)] ?? '');
    else if (escaped === 'U' || escaped === 'L') lasting = CASES[escaped] as Case;
    else if (escaped === 'u' || escaped === 'l') once = CASES[escaped];
    else if (escaped === 'e' || escaped === 'E') lasting = (text) => text;
    else add({ r: '\n', n: '\0', t: '\t' }[escaped] ?? escaped);
  }
  return out;
};
