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
  for (let i = 0; i < source.length; i++) {
    const char = source[i] as string;
    if (char === '\\') out += escaped(source[++i] ?? '\\');
    else if (char === '[') {
      const end = bracketLength(source, i);
      if (end === 0) throw new SyntaxError('unterminated bracket');
      out += patternSource(source.slice(i, i + end).replaceAll('\\', '\\\\'));
      i += end - 1;
    } else if (char === '{' && !/^\{\d*,?\d*\}/.test(source.slice(i))) out += '\\{';
    else if (char === '}' && !/\{\d*,?\d*$/.test(source.slice(0, i))) out += '\\}';
    else if (char === '/') out += '\\/';
    else out += char;
  }
  return out;
}

const escaped = (char: string): string =>
  /[wWsSbB<>]/.test(char) ? (/[<>]/.test(char) ? '\\b' : `\\${char}`) : char.replace(/[^\w\s]/u, '\\$&');

function bracketLength(source: string, open: number): number {
  const found = /^\[\^?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]/.exec(source.slice(open));
  return found?.[0].length ?? 0;
}
