// The word before the cursor, and the words of its command: what completion looks at.

export interface Word {
  /** Where it begins in the line. */
  readonly start: number;
  /** As typed, from start. */
  readonly raw: string;
  /** Without its quotes. */
  readonly value: string;
  /** The quote still open, if any. */
  readonly quote: '' | '"' | "'";
  /** It stands where a command's name does. */
  readonly isCommand: boolean;
  /** It follows a redirection operator. */
  readonly isTarget: boolean;
  /** The words of the command before it, without quotes: its name first. */
  readonly before: readonly string[];
}

const LEADING = new Set('if then elif else while until do { ! time'.split(' '));
/** Programs whose arguments are a command again, after their own flags. */
const CARRIERS = new Set('sudo exec command env nohup nice time xargs watch builtin'.split(' '));

/** The shell word that ends the text. */
export function wordAt(text: string): Word {
  let start = 0;
  let value = '';
  let quote: Word['quote'] = '';
  let before: string[] = [];
  let isTarget = false;
  const endWord = (next: number): void => {
    const isAssignment = before.length === 0 && /^\w+\+?=/.test(value);
    const leads = before.length === 0 && (LEADING.has(value) || CARRIERS.has(value));
    if (start < next - 1 && !isTarget && !isAssignment && !leads) before.push(value);
    if (start < next - 1) isTarget = false;
    value = '';
    start = next;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && quote !== "'") value += text[++i] ?? '';
    else if (quote !== '') {
      if (char === quote) quote = '';
      else value += char;
    } else if (char === '"' || char === "'") quote = char;
    else if (/[ \t]/.test(char)) endWord(i + 1);
    else if (/[\n;&|()`]/.test(char)) {
      endWord(i + 1);
      before = [];
      isTarget = false;
    } else if (/[<>]/.test(char)) {
      if (/^\d*$/.test(value)) value = '';
      endWord(i + 1);
      isTarget = true;
    } else value += char;
  }
  const isCommand = before.length === 0 && !isTarget && !/^\w+\+?=/.test(value);
  return { start, raw: text.slice(start), value, quote, isCommand, isTarget, before };
}
