// Files that find writes to (-fprint and its kin): opened before the walk, one for each name.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import { FindError, type PrimaryContext } from './find-primary.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

/** The file that an action writes to. Throws FindError when it cannot be made. */
export const findOutput = ({ process, settings }: PrimaryContext, name: string): Output => {
  const known = settings.files.get(name);
  if (known !== undefined) return known;
  const { value: fd, error } = attempt(() => process.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
  if (error !== undefined) throw new FindError(`${quoteLocale(process, name)}: ${error.message}`);
  const output = new Output(process, fd);
  settings.files.set(name, output);
  settings.finish.push(async () => {
    await output.flush();
    process.close(fd);
  });
  return output;
};
