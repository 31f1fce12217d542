// The trace pane: the last command's story in words, newest command first line to last.
import type { StoryView } from '../state/model.ts';
import { visible } from '../text/escape.ts';
import { type Line, line, span } from '../text/line.ts';
import type { Glyphs, Role } from '../text/theme.ts';
import { width as widthOf, wrap } from '../text/width.ts';
import { type PaneContent, type Row, row } from './rows.ts';
import type { Paragraph } from './story.ts';
import { plural } from './trace-words.ts';

export interface TraceRequest {
  readonly story: StoryView;
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly filter: string;
}

// Names that were only looked up are told as long as they are few: a listing of a directory looks up all in it.
const MOST_LOOKUPS = 4;

export function tracePane({ story, width, glyphs, filter }: TraceRequest): PaneContent {
  if (story.command === '') {
    return {
      subtitle: [],
      rows: wrap('What the last command did to the layers, and why, in words.', width).map((text) =>
        row(line(text, 'dim')),
      ),
    };
  }
  const told = story.paragraphs.filter((paragraph) => worthTelling(paragraph) && matches(paragraph, filter));
  const rows: Row[] = commandRows(story.command, width);
  if (story.dropped > 0) rows.push(row(line(`  … ${story.dropped} earlier steps`, 'dim')));
  const searched = told.filter(({ lookedUp }) => lookedUp).slice(MOST_LOOKUPS);
  for (const paragraph of told) {
    if (!searched.includes(paragraph)) rows.push(...paragraphRows(paragraph, width, glyphs));
  }
  if (searched.length > 0)
    rows.push(row(line(`  and ${plural(searched.length, 'more name')} looked up`, 'dim')));
  if (told.length === 0) rows.push(row(line('  touched no layer', 'dim')));
  return { subtitle: [], rows };
}

// At most two rows: the shell shows the whole line.
function commandRows(command: string, width: number): Row[] {
  const parts = wrap(visible(`$ ${command}`), width);
  const kept = parts.length > 2 ? [parts[0] ?? '', `${parts[1]} ${parts[2]}`] : parts;
  return kept.map((part) => row(line(part, 'strong')));
}

function worthTelling({ clauses }: Paragraph): boolean {
  return clauses.some(({ role }) => role !== 'dim');
}

function matches({ path, clauses }: Paragraph, filter: string): boolean {
  const wanted = filter.toLowerCase();
  return (
    path.toLowerCase().includes(wanted) || clauses.some(({ text }) => text.toLowerCase().includes(wanted))
  );
}

// "container: /path: clause, clause" wrapped, its parts keeping their roles.
function paragraphRows({ container, path, clauses }: Paragraph, width: number, glyphs: Glyphs): Row[] {
  const role =
    clauses.findLast((clause) => clause.role !== 'plain' && clause.role !== 'dim')?.role ?? 'plain';
  const where = container === undefined ? '' : ` (${container})`;
  const text = `${visible(path)}${where}: ${clauses.map((clause) => visible(clause.text)).join(', ')}`;
  return wrap(text, Math.max(8, width - 2)).map((part, index) =>
    row(index === 0 ? headed(part, path, role, glyphs) : [span('  '), span(part, role)]),
  );
}

function headed(part: string, path: string, role: Role, glyphs: Glyphs): Line {
  const head = visible(path);
  if (!part.startsWith(head) || widthOf(head) === 0) return [span(`${glyphs.dot} `, 'dim'), span(part, role)];
  return [span(`${glyphs.dot} `, 'dim'), span(head, 'strong'), span(part.slice(head.length), role)];
}
