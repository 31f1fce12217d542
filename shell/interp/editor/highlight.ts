// Colours for the line being typed, with what colour alone must not say in underline and reverse video:
// commands that do not exist are underlined, the quote that is still open is reversed.

/** SGR parameters for each code unit of a text; '' is plain. */
export type Styles = readonly string[];

const STYLE = {
  command: '32',
  unknown: '4;31',
  keyword: '35',
  text: '33',
  open: '7;33',
  variable: '36',
  comment: '2',
} as const;

/** Beyond this a line is a document, and is shown as it is. */
const MOST = 4000;

/** Words before which and after which a command begins. */
const LEADING = new Set('if then elif else while until do ! { time'.split(' '));
const KEYWORDS = new Set([...LEADING, ...'fi done esac } for case select function in [[ ]]'.split(' ')]);

/** The styles of a command line; `exists` says whether a command of that name does. */
export function highlight(text: string, exists: (name: string) => boolean): Styles {
  if (text.length > MOST) return [];
  const scan: Scan = { text, at: 0, styles: new Array<string>(text.length).fill(''), command: true };
  while (scan.at < text.length) step(scan, exists);
  return scan.styles;
}

interface Scan {
  readonly text: string;
  at: number;
  readonly styles: string[];
  /** The next word is a command's name. */
  command: boolean;
}

const VARIABLE = /\$(?:\{[^}]*\}?|[A-Za-z_]\w*|[0-9@*#?$!-])/y;

function step(scan: Scan, exists: (name: string) => boolean): void {
  const char = scan.text[scan.at] as string;
  if (/[ \t]/.test(char)) scan.at++;
  else if (char === '(' && isNoSubshell(scan)) parentheses(scan);
  else if (/[\n;&|()`]/.test(char)) {
    scan.at++;
    scan.command = char !== ')' || scan.command;
  } else if (/[<>]/.test(char)) redirection(scan);
  else if (char === '#') comment(scan);
  else word(scan, exists);
}

/** `((…))` and `name=(…)`: what is inside are no commands. */
const isNoSubshell = ({ text, at }: Scan): boolean =>
  text[at + 1] === '(' ||
  /^\w+\+?=$/.test(
    text
      .slice(0, at)
      .split(/[\s;&|()]/)
      .at(-1) ?? '',
  );

function parentheses(scan: Scan): void {
  const end = scan.text.indexOf(scan.text[scan.at + 1] === '(' ? '))' : ')', scan.at);
  const stop = end === -1 ? scan.text.length : end;
  const { command } = scan;
  scan.command = false;
  scan.at++;
  while (scan.at < stop) {
    if (/[\s;&|()<>`]/.test(scan.text[scan.at] as string)) scan.at++;
    else word(scan, () => true);
  }
  scan.command = command;
}

function paint({ styles }: Scan, start: number, end: number, style: string): void {
  styles.fill(style, start, end);
}

function comment(scan: Scan): void {
  const newline = scan.text.indexOf('\n', scan.at);
  const end = newline === -1 ? scan.text.length : newline;
  paint(scan, scan.at, end, STYLE.comment);
  scan.at = end;
}

// What is redirected to is no command; what follows it may still be one.
function redirection(scan: Scan): void {
  while (/[<>&|]/.test(scan.text[scan.at] ?? '')) scan.at++;
  while (/[ \t]/.test(scan.text[scan.at] ?? '')) scan.at++;
  const { command } = scan;
  scan.command = false;
  if (/[^\s;&|()<>]/.test(scan.text[scan.at] ?? '')) word(scan, () => true);
  scan.command = command;
}

/** A word to its end, whatever quotes it is made of. */
function word(scan: Scan, exists: (name: string) => boolean): void {
  const start = scan.at;
  let value = '';
  let plain = true;
  while (scan.at < scan.text.length && !/[\s;&|()<>`]/.test(scan.text[scan.at] as string)) {
    const char = scan.text[scan.at] as string;
    const from = scan.at;
    if (char === '\\') {
      value += scan.text[scan.at + 1] ?? '';
      scan.at = Math.min(scan.at + 2, scan.text.length);
    } else if (char === "'" || char === '"') {
      plain = quoted(scan, char) && plain;
      value += scan.text.slice(from + 1, scan.at - 1);
    } else if (char === '$') {
      plain = false;
      if (!variable(scan)) scan.at++;
    } else {
      value += char;
      plain &&= !/[*?[~{]/.test(char) || /^[[{]{1,2}$/.test(value);
      scan.at++;
    }
  }
  if (scan.command) nameCommand(scan, { start, value, plain }, exists);
}

function nameCommand(
  scan: Scan,
  { start, value, plain }: { start: number; value: string; plain: boolean },
  exists: (name: string) => boolean,
): void {
  if (/^[ \t]*\(\)/.test(scan.text.slice(scan.at))) return;
  if (/^\w+(\[.*\])?\+?=/s.test(scan.text.slice(start, scan.at))) return;
  const isKeyword = KEYWORDS.has(scan.text.slice(start, scan.at));
  scan.command = LEADING.has(value) && isKeyword;
  if (isKeyword) paint(scan, start, scan.at, STYLE.keyword);
  else if (plain && value !== '') paint(scan, start, scan.at, exists(value) ? STYLE.command : STYLE.unknown);
}

/** A variable at the cursor of the scan, if there is one. */
function variable(scan: Scan): boolean {
  VARIABLE.lastIndex = scan.at;
  const [found] = VARIABLE.exec(scan.text) ?? [];
  if (found === undefined) return false;
  paint(scan, scan.at, scan.at + found.length, STYLE.variable);
  scan.at += found.length;
  return true;
}

/** A quoted text; false when something in it is expanded or it has no end. */
function quoted(scan: Scan, quote: string): boolean {
  const start = scan.at++;
  let plain = true;
  for (; scan.at < scan.text.length; scan.at++) {
    const char = scan.text[scan.at] as string;
    if (char === quote) {
      paint(scan, scan.at, scan.at + 1, STYLE.text);
      paint(scan, start, start + 1, STYLE.text);
      scan.at++;
      return plain;
    }
    paint(scan, scan.at, scan.at + 1, STYLE.text);
    if (quote === "'" && scan.text[start - 1] !== '$') continue;
    if (char === '\\' && scan.at + 1 < scan.text.length) {
      scan.at++;
      paint(scan, scan.at, scan.at + 1, STYLE.text);
    } else if (quote === '"' && char === '$' && variable(scan)) {
      plain = false;
      scan.at--;
    }
  }
  paint(scan, start, start + 1, STYLE.open);
  return false;
}
