// The stdin that Ink sees: only what is typed into a dialog of Ink's reaches it.
import { PassThrough } from 'node:stream';

export interface InkStdin extends NodeJS.ReadStream {
  type(bytes: Uint8Array): void;
}

export function inkStdin(): InkStdin {
  const stream = new PassThrough();
  const own = {
    isTTY: true,
    setRawMode: () => stream,
    ref: () => stream,
    unref: () => stream,
    type: (bytes: Uint8Array) => void stream.write(bytes),
  };
  return Object.assign(stream, own) as unknown as InkStdin;
}
