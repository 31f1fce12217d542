// What mount prints without anything to mount: the table of mounts.

import type { Output } from '../output.ts';

/** -t LIST: types to take, or with `no` before the first those to leave out. */
export const takesType = (list: string | undefined, type: string): boolean => {
  if (list === undefined) return true;
  const not = list.startsWith('no');
  return not !== (not ? list.slice(2) : list).split(',').includes(type);
};

/** -O LIST: all of these words are among the options, or with `no` before them are not. */
export const takesOptions = (list: string | undefined, options: string): boolean =>
  (list ?? '')
    .split(',')
    .filter((word) => word !== '')
    .every((word) => {
      const has = (name: string): boolean =>
        options.split(',').some((option) => option === name || option.startsWith(`${name}=`));
      return has(word) || (word.startsWith('no') && !has(word.slice(2)));
    });

export const listMounts = (out: Output, types: string | undefined): Promise<number> => {
  for (const { source, target, type, options } of out.process.mounts())
    if (takesType(types, type)) out.line(`${source} on ${target} type ${type} (${options})`);
  return out.end();
};
