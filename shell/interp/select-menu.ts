// The menu of `select`: items down the columns, as many as the screen's width takes.

const TAB = 8;
const AFTER_NUMBER = ') ';

/** The lines of the menu. Width in columns. */
export function selectMenu(items: readonly string[], width: number): string {
  const lengths = items.map((item) => [...item].length);
  const numberWidth = String(items.length).length;
  const cell = Math.max(0, ...lengths) + numberWidth + AFTER_NUMBER.length + 2;
  const fitting = Math.max(1, Math.floor(width / cell));
  let rows = Math.ceil(items.length / fitting);
  if (rows === 1) rows = items.length;
  let text = '';
  for (let row = 0; row < rows; row++) {
    let place = 0;
    for (let i = row; i < items.length; i += rows) {
      const digits = i === row ? String(rows).length : numberWidth;
      text += `${String(i + 1).padStart(digits)}${AFTER_NUMBER}${items[i]}`;
      const end = place + digits + AFTER_NUMBER.length + (lengths[i] as number);
      if (i + rows < items.length) text += blanks(end, place + cell);
      place += cell;
    }
    text += '\n';
  }
  return text;
}

/** Tabs and spaces from one column to another. */
function blanks(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; ) {
    const tab = Math.floor(to / TAB) > Math.floor(at / TAB);
    text += tab ? '\t' : ' ';
    at += tab ? TAB - (at % TAB) : 1;
  }
  return text;
}
