// Which entries of a layer are worth a row.
import type { LayerRow } from '../../shell/index.ts';

/** Rows of an upper that are looked at; an upper with more is cut. */
export const UPPER_LIMIT = 200;

/** What a layer adds or hides: directories only where they themselves say something. */
export function leaves(entries: readonly LayerRow[]): LayerRow[] {
  return entries.filter(
    (entry, index) =>
      entry.kind !== 'directory' ||
      entry.sign === 'opaque' ||
      !(entries[index + 1]?.path.startsWith(`${entry.path}/`) ?? false),
  );
}

export function matching(entries: readonly LayerRow[], filter: string): LayerRow[] {
  const wanted = filter.toLowerCase();
  return entries.filter(({ path }) => path.toLowerCase().includes(wanted));
}
