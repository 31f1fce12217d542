// od -S: strings that a zero byte ends, each on a line with its offset.

import { isPrintable } from './byte-letters.ts';
import { type DumpRange, type DumpState, dumpBlocks } from './dump-input.ts';
import type { Output } from './output.ts';

interface StringStyle extends DumpRange {
  /** The least length of a string. */
  readonly least: number;
  readonly address: (offset: number) => string;
}

export const showStrings = async (
  out: Output,
  names: readonly string[],
  style: StringStyle,
  state: DumpState,
): Promise<void> => {
  let offset = style.skip;
  let text = '';
  const show = (end: number): void => {
    const address = style.address(end - text.length);
    out.line(address === '' ? text : `${address} ${text}`);
  };
  for await (const block of dumpBlocks(out, names, 4096, style, state)) {
    for (const byte of block) {
      if (byte === 0 && text.length >= style.least) show(offset);
      text = isPrintable(byte) ? text + String.fromCharCode(byte) : '';
      offset++;
    }
    await out.caughtUp();
  }
  // Where -N says, a string ends without a zero byte; its offset is off by one then, as GNU's is.
  if (offset - style.skip === style.limit && text.length >= style.least && text !== '') show(offset - 1);
};
