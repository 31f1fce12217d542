// getline in all its forms (POSIX awk, "Input/Output Functions").

import { isFsError } from '../../fs/errno.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Locals } from './array.ts';
import { type Code, fast, slow, type Target } from './code.ts';
import type { Compiler } from './compiler.ts';
import type { RawRecord, RecordReader } from './record-reader.ts';
import type { Getline } from './syntax-tree.ts';
import { Input, type Value } from './value.ts';

export const compileGetline = (compiler: Compiler, { from, source, target }: Getline): Code => {
  const { runtime } = compiler;
  const name = source === undefined ? fast(() => undefined) : compiler.expression(source);
  const to = target === undefined ? undefined : compiler.target(target);
  const read = (value: Value): Maybe<RawRecord | undefined | 'failed'> => {
    if (from === 'input') return runtime.input.next();
    const text = runtime.text(value);
    const reader = from === 'file' ? runtime.streams.reader(text) : runtime.streams.commandReader(text);
    if (isFsError(reader)) return 'failed';
    return readOne(reader, runtime.separators.record);
  };
  return slow((locals) =>
    chain(name.run(locals), (value) =>
      chain(read(value), (record) => {
        if (record === 'failed') return -1;
        if (record === undefined) return 0;
        // POSIX has a command's records counted in NR; no awk does.
        if (from === 'input') runtime.count('NR', 'FNR');
        if (to === undefined) {
          runtime.setRecord(record);
          return 1;
        }
        return store(to, locals, new Input(runtime.decode(record.text)));
      }),
    ),
  );
};

const store = ({ key, set }: Target, locals: Locals, value: Value): Maybe<Value> =>
  chain(key.run(locals), (found) => {
    set(locals, found, value);
    return 1;
  });

/** A directory opens but does not read. */
const readOne = (reader: RecordReader, separator: string): Maybe<RawRecord | undefined | 'failed'> => {
  try {
    const record = reader.next(separator);
    return record instanceof Promise ? record.catch(failed) : record;
  } catch (error) {
    return failed(error);
  }
};

const failed = (error: unknown): 'failed' => {
  if (!isFsError(error)) throw error;
  return 'failed';
};
