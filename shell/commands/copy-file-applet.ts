// One regular file as busybox's cp copies it: the destination is truncated where it is, read and written, closed, and its
// attributes are set by its name.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import { copyAttributes } from './copy-attributes.ts';
import { copyStream } from './copy-data.ts';
import type { FileCopy } from './copy-file.ts';
import type { CopyState } from './copy-rules.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

export const copyFileAsApplet = async (out: Output, copy: FileCopy, state: CopyState): Promise<boolean> => {
  const { process } = out;
  const { rules } = state;
  const opened = attempt(() => process.open(copy.from, O.RDONLY));
  if (opened.error) {
    await out.complain(`cannot open ${quoteAlways(process, copy.from)} for reading`, opened.error);
    return false;
  }
  const source = process.fstat(opened.value);
  let made = attempt(() => process.open(copy.to, O.WRONLY | O.CREAT | O.TRUNC, copy.mode));
  if (made.error && rules.force) {
    attempt(() => process.unlink(copy.to));
    made = attempt(() => process.open(copy.to, O.WRONLY | O.CREAT | O.EXCL, copy.mode));
  }
  if (made.error) {
    process.close(opened.value);
    await out.complain(`cannot create regular file ${quoteAlways(process, copy.to)}`, made.error);
    return false;
  }
  try {
    await copyStream(process, opened.value, made.value);
  } catch (error) {
    await out.complain(`error writing ${quoteAlways(process, copy.to)}`, error);
    return false;
  } finally {
    process.close(made.value);
    process.close(opened.value);
  }
  return copyAttributes(out, { from: copy.from, to: copy.to, source, isNew: true }, rules);
};
