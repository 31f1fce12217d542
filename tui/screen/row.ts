// One buffer row of the shell's terminal as text for the real one: characters and SGR codes, nothing else.
// The cells are drawn anew; no byte a program wrote passes through, so no sequence of its can.
import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { visible } from '../text/escape.ts';

/** Terminal text exactly as many columns wide as asked for. */
export type PaintedRow = string;

/** `cell` is scratch space: xterm fills it rather than making one per column. */
export function paintRow(line: IBufferLine | undefined, columns: number, cell: IBufferCell): PaintedRow {
  if (line === undefined) return ' '.repeat(columns);
  let out = '';
  let codes = '';
  for (let x = 0; x < columns; x++) {
    const here = line.getCell(x, cell);
    if (here === undefined) return close(out, codes) + ' '.repeat(columns - x);
    const wide = here.getWidth();
    // The right half of a wide character has no column of its own.
    if (wide === 0) continue;
    const wanted = codesOf(here);
    if (wanted !== codes) {
      out = close(out, codes) + (wanted === '' ? '' : `\x1b[${wanted}m`);
      codes = wanted;
    }
    out += wide === 2 && x === columns - 1 ? ' ' : characters(here);
  }
  return close(out, codes);
}

function close(out: string, codes: string): string {
  return codes === '' ? out : `${out}\x1b[0m`;
}

// Joined characters beyond the first may be invisible formatting: those are dropped, a shape must remain.
function characters(cell: IBufferCell): string {
  const text = cell.getChars();
  if (text === '' || cell.isInvisible()) return ' '.repeat(cell.getWidth());
  if (text.length === 1) {
    const code = text.charCodeAt(0);
    if (code >= 0x20 && code <= 0x7e) return text;
  }
  return visible(text) === text ? text : '�'.padEnd(cell.getWidth(), ' ');
}

function codesOf(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return '';
  const codes: string[] = [];
  if (cell.isBold()) codes.push('1');
  if (cell.isDim()) codes.push('2');
  if (cell.isItalic()) codes.push('3');
  if (cell.isUnderline()) codes.push('4');
  if (cell.isInverse()) codes.push('7');
  if (cell.isStrikethrough()) codes.push('9');
  pushColour(codes, cell.isFgPalette(), cell.isFgRGB(), cell.getFgColor(), 30);
  pushColour(codes, cell.isBgPalette(), cell.isBgRGB(), cell.getBgColor(), 40);
  return codes.join(';');
}

// `base` is 30 for the foreground, 40 for the background; bright colours are 60 above them.
function pushColour(codes: string[], palette: boolean, rgb: boolean, colour: number, base: number): void {
  if (rgb) {
    codes.push(`${base + 8};2;${(colour >> 16) & 255};${(colour >> 8) & 255};${colour & 255}`);
  } else if (palette) {
    if (colour < 8) codes.push(String(base + colour));
    else if (colour < 16) codes.push(String(base + 60 + colour - 8));
    else codes.push(`${base + 8};5;${colour}`);
  }
}
