// Brace expansion: {a,b} and {1..9..2}, on the text of a word, before all other expansion.

/** The texts a word's text stands for, in order; one (itself) when there is nothing to expand. */
export function expandBraces(text: string): string[] {
  for (let open = nextBrace(text, 0); open !== -1; open = nextBrace(text, open + 1)) {
    const group = groupAt(text, open);
    if (group === undefined) continue;
    const before = text.slice(0, open);
    const rests = expandBraces(text.slice(group.end));
    return group.choices.flatMap((choice) => rests.map((rest) => before + choice + rest));
  }
  return [text];
}

function nextBrace(text: string, from: number): number {
  for (let i = from; i < text.length; i = skip(text, i)) if (text[i] === '{' && text[i - 1] !== '$') return i;
  return -1;
}

/** The index after the quoted or nested construct (or plain character) at `at`. */
function skip(text: string, at: number): number {
  const char = text[at];
  if (char === '\\') return at + 2;
  if (char === "'") return after(text, text.indexOf("'", at + 1));
  if (char === '"' || char === '`') return after(text, closing(text, at, char));
  if ((char === '<' || char === '>') && text[at + 1] === '(') return nested(text, at + 1);
  if (char === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) return nested(text, at + 1);
  return at + 1;
}

const after = (text: string, close: number): number => (close === -1 ? text.length : close + 1);

function closing(text: string, open: number, quote: string): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i;
    else if (quote === '"' && text[i] === '$' && text[i + 1] === '(') i = nested(text, i + 1) - 1;
  }
  return -1;
}

function nested(text: string, open: number): number {
  const opener = text[open] as string;
  const closer = opener === '(' ? ')' : '}';
  let depth = 0;
  for (let i = open; i < text.length; ) {
    if (text[i] === opener) depth++;
    else if (text[i] === closer && --depth === 0) return i + 1;
    i = i === open || text[i] === opener || text[i] === closer ? i + 1 : skip(text, i);
  }
  return text.length;
}

interface Group {
  choices: string[];
  end: number;
}

function groupAt(text: string, open: number): Group | undefined {
  const commas: number[] = [];
  let depth = 0;
  for (let i = open + 1; i < text.length; i = skip(text, i)) {
    if (text[i] === '{' && text[i - 1] !== '$') depth++;
    else if (text[i] === '}' && depth > 0) depth--;
    else if (text[i] === '}') return choicesOf(text, open, commas, i);
    else if (text[i] === ',' && depth === 0) commas.push(i);
  }
  return undefined;
}

function choicesOf(text: string, open: number, commas: number[], close: number): Group | undefined {
  if (commas.length === 0) {
    const range = sequence(text.slice(open + 1, close));
    return range === undefined ? undefined : { choices: range, end: close + 1 };
  }
  const edges = [open, ...commas, close];
  const members = edges.slice(1).map((edge, i) => text.slice((edges[i] as number) + 1, edge));
  return { choices: members.flatMap(expandBraces), end: close + 1 };
}

const MOST = 1_000_000;

function sequence(text: string): string[] | undefined {
  const numeric = /^([-+]?\d+)\.\.([-+]?\d+)(?:\.\.([-+]?\d+))?$/.exec(text);
  if (numeric !== null) return numbers(numeric[1] as string, numeric[2] as string, Number(numeric[3] ?? 0));
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d+))?$/.exec(text);
  if (letters === null) return undefined;
  const codes = steps(
    (letters[1] as string).charCodeAt(0),
    (letters[2] as string).charCodeAt(0),
    Number(letters[3] ?? 0),
  );
  // bash takes the backslash for a quote, of nothing; a backquote stands for itself.
  return codes?.map((code) => (code === 92 ? "''" : code === 96 ? '\\`' : String.fromCharCode(code)));
}

function numbers(from: string, to: string, step: number): string[] | undefined {
  const padded = [from, to].some((edge) => /^[-+]?0\d/.test(edge));
  const width = padded ? Math.max(from.length, to.length) : 0;
  return steps(Number(from), Number(to), step)?.map((value) => {
    const digits = String(Math.abs(value));
    return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
  });
}

function steps(from: number, to: number, step: number): number[] | undefined {
  const stride = Math.abs(step) || 1;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || Math.abs(to - from) / stride > MOST)
    return undefined;
  const count = Math.floor(Math.abs(to - from) / stride) + 1;
  return Array.from({ length: count }, (_, i) => (to >= from ? from + i * stride : from - i * stride));
}
