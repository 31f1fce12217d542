// print and printf.

import { isFsError, strerror } from '../../fs/errno.ts';
import { chain } from '../maybe.ts';
import type { Locals } from './array.ts';
import { type Code, END, fast, isFast, liftAll, type Step } from './code.ts';
import type { Compiler } from './compiler.ts';
import { AwkError } from './dialect.ts';
import { formatText } from './format.ts';
import type { Sink } from './sink.ts';
import type { Redirect, Statement } from './syntax-tree.ts';
import type { Value } from './value.ts';

type Print = Extract<Statement, { kind: 'print' | 'printf' }>;

export const compilePrint = (compiler: Compiler, statement: Print): Step => {
  const { runtime } = compiler;
  const text = compileText(compiler, statement);
  const { redirect } = statement;
  if (redirect === undefined) {
    const { output } = runtime.streams;
    if (isFast(text)) {
      return {
        slow: false,
        run: (locals) => {
          output.write(text.run(locals) as string);
          return END.normal;
        },
      };
    }
    return {
      slow: true,
      run: (locals) =>
        chain(text.run(locals), (written) => {
          output.write(written as string);
          return END.normal;
        }),
    };
  }
  const target = compiler.expression(redirect.target);
  return {
    slow: text.slow || target.slow,
    run: (locals: Locals) =>
      chain(text.run(locals), (written) =>
        chain(target.run(locals), (name) => {
          openSink(compiler, redirect, runtime.text(name)).write(written as string);
          return END.normal;
        }),
      ),
  };
};

const compileText = (compiler: Compiler, { kind, args, place }: Print): Code => {
  const { runtime } = compiler;
  const codes = args.map((one) => compiler.expression(one));
  if (kind === 'printf') {
    return liftAll(codes, ([format, ...values]) =>
      formatText(runtime, runtime.text(format), values, place, 'printf', (begun) => {
        runtime.streams.output.write(begun);
      }),
    );
  }
  if (codes.length === 0) return fast(() => runtime.record.whole.text + runtime.separators.outputRecord);
  return liftAll(codes, (values) => joined(compiler, values));
};

const joined = ({ runtime }: Compiler, values: readonly Value[]): string => {
  const { output, outputRecord } = runtime.separators;
  let text = runtime.outputText(values[0]);
  for (let at = 1; at < values.length; at++) text += output + runtime.outputText(values[at]);
  return text + outputRecord;
};

const openSink = ({ runtime }: Compiler, { mode, place }: Redirect, name: string): Sink => {
  try {
    return runtime.streams.sink(mode, name);
  } catch (error) {
    if (!isFsError(error)) throw error;
    const status = runtime.dialect.name === 'busybox' ? 1 : 2;
    throw new AwkError(runtime.dialect.cannotWrite(name, strerror(error.code), place), status);
  }
};
