// POSIX extended regular expressions, as [[ =~ ]] takes them, as JavaScript's.
import { patternSource } from './pattern.ts';

/** The compiled expression; undefined when it is malformed. */
export function toRegExp(source: string, fold = false): RegExp | undefined {
  try {
    return new RegExp(translate(source), fold ? 'isv' : 'sv');
  } catch {
    return undefined;
  }
}

// Brackets go by the rules of patterns; elsewhere the two languages agree but for what `v` reserves.
function translate(source: string): string {
  let out = '';
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source[i] as string;
    if (char === '(') depth++;
    if (char === '\\') out += escaped(source[++i] ?? '\\');
    else if (char === '[') {
      const end = bracketLength(source, i);
      if (end === 0) throw new SyntaxError('unterminated bracket');
      out += patternSource(source.slice(i, i + end).replaceAll('\\', '\\\\'));
      i += end - 1;
    } else if (char === '{') {
      const bound = boundAt(source, i);
      out += bound.text;
      i += bound.length - 1;
    } else if (/[*+?]/.test(char)) {
      const run = /^[*+?]+/.exec(source.slice(i))?.[0] as string;
      out += repetition(run);
      i += run.length - 1;
    } else if (char === ')' && depth-- === 0) {
      out += '\\)';
      depth = 0;
    } else out += /[/}]/.test(char) ? `\\${char}` : char;
  }
  return out;
}

/** A brace begins a bound, or is wrong. */
function boundAt(source: string, at: number): { text: string; length: number } {
  const [whole, least = '', most = ''] = /^\{(\d*)(,?\d*)\}/.exec(source.slice(at)) ?? [];
  if (whole === undefined || least + most === '') throw new SyntaxError('bad bound');
  return { text: `{${least || 0}${most}}`, length: whole.length };
}

/** One after another they repeat what is repeated; a `?` makes nothing lazy. */
const repetition = (run: string): string => (/^\++$/.test(run) ? '+' : /^\?+$/.test(run) ? '?' : '*');

const escaped = (char: string): string =>
  /[wWsSbB<>]/.test(char) ? (/[<>]/.test(char) ? '\\b' : `\\${char}`) : char.replace(/[^\w\s]/u, '\\$&');

function bracketLength(source: string, open: number): number {
  const found = /^\[\^?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]/.exec(source.slice(open));
  return found?.[0].length ?? 0;
}
