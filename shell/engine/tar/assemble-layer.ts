// A layer's tar again, byte for byte: headers and padding from its tar-split, the data from the unpacked files.

import { gunzipSync } from 'node:zlib';

interface SplitLine {
  type: 1 | 2;
  name?: string;
  size?: number;
  payload?: string | null;
}

/** `data` gives the bytes of a file in the layer. */
export function* assembleLayer(
  split: Uint8Array,
  data: (name: string) => Iterable<Uint8Array>,
): Generator<Uint8Array> {
  const document = new TextDecoder().decode(gunzipSync(split));
  for (const text of document.split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as SplitLine;
    if (line.type === 2) yield Buffer.from(line.payload ?? '', 'base64');
    else if ((line.size ?? 0) > 0) yield* data(line.name ?? '');
  }
}
