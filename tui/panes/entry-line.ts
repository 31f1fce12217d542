// One entry of a layer or of the merged view as a line: sign, name, note, size.
import type { LayerRow } from '../../shell/index.ts';
import { bytes } from '../text/bytes.ts';
import { justify, type Line, span } from '../text/line.ts';
import type { Glyphs, Role } from '../text/theme.ts';
import { cut, cutStart, width as widthOf } from '../text/width.ts';

interface Marked {
  readonly sign: LayerRow['sign'];
  readonly kind: LayerRow['kind'];
  readonly size: number;
  readonly target?: string;
}

/** `~ /base_file.txt   note   29 B` */
export function entryLine(
  entry: Marked,
  name: string,
  indent: number,
  note: string,
  { width, glyphs }: { readonly width: number; readonly glyphs: Glyphs },
): Line {
  const { sign, role } = SIGNS[entry.sign];
  const size = entry.kind === 'file' ? bytes(entry.size) : '';
  const tail =
    entry.kind === 'directory' && name !== '/'
      ? '/'
      : entry.target === undefined
        ? ''
        : ` ${glyphs.arrow} ${entry.target}`;
  const word = WORDS[entry.sign] ?? size;
  // Of a path the end says most, of a link its own name.
  const shorten = entry.target === undefined ? cutStart : cut;
  const room = width - indent - 2 - widthOf(word) - 1 - (note === '' ? 0 : widthOf(note) + 2);
  return justify(
    [
      span(' '.repeat(indent)),
      span(`${sign(glyphs)} `, role),
      span(shorten(name + tail, Math.max(4, room), glyphs.more), role),
    ],
    [
      span(note === '' ? '' : `${note}  `, 'hidden'),
      span(word, entry.sign === 'whiteout' || entry.sign === 'deleted' ? 'removed' : 'size'),
    ],
    width,
  );
}

/** What stands where the size of a file would. */
const WORDS: Readonly<Partial<Record<LayerRow['sign'], string>>> = {
  whiteout: 'whiteout',
  opaque: 'opaque',
  deleted: 'deleted',
};

const SIGNS: Readonly<Record<LayerRow['sign'], { sign: (glyphs: Glyphs) => string; role: Role }>> = {
  added: { sign: ({ added }) => added, role: 'added' },
  'copied-up': { sign: ({ copied }) => copied, role: 'copied' },
  whiteout: { sign: ({ whiteout }) => whiteout, role: 'removed' },
  opaque: { sign: ({ opaque }) => opaque, role: 'removed' },
  changed: { sign: ({ copied }) => copied, role: 'copied' },
  deleted: { sign: ({ whiteout }) => whiteout, role: 'removed' },
  shadowed: { sign: ({ hidden }) => hidden, role: 'hidden' },
  plain: { sign: () => ' ', role: 'plain' },
};
