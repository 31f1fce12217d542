// Actions of find: printing, running commands, deleting.

import { isFsError, strerror } from '../fs/errno.ts';
import type { FindFile } from './find-file.ts';
import { findOutput } from './find-files.ts';
import { lsLine } from './find-ls.ts';
import type { MakePrimary, Primary, PrimaryContext } from './find-primary.ts';
import { FindError } from './find-primary.ts';
import { compileFormat } from './find-printf.ts';
import type { Output } from './output.ts';
import { basename, dirname } from './path-name.ts';
import { askYes } from './prompt.ts';
import { quoteLocale } from './quoting.ts';
import { runProgram } from './run-program.ts';

/** Most arguments of one -exec … + command, in bytes. */
const ARGUMENT_BYTES = 131_072;

const action =
  (make: MakePrimary): MakePrimary =>
  (context, name) => {
    context.settings.acts = true;
    return make(context, name);
  };

/** Prints something of each file, to standard output or to a file that is named first. */
const printer =
  (
    toFile: boolean,
    make: (context: PrimaryContext, name: string) => (file: FindFile) => string,
  ): MakePrimary =>
  (context, name) => {
    const place = toFile ? context.take(name) : undefined;
    const output = place === undefined ? undefined : findOutput(context, place);
    const text = place === undefined ? make(context, name) : madeFor(place, () => make(context, name), name);
    return (file) => {
      const to = output ?? file.out;
      to.text(text(file));
      return to.caughtUp()?.then(() => true) ?? true;
    };
  };

/** A format that is missing after a file's name is a mistake about the file. */
const madeFor = <T>(place: string, make: () => T, name: string): T => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof FindError) || !error.message.startsWith('missing argument')) throw error;
    throw new FindError(`invalid argument \`${place}' to \`${name}'`);
  }
};

const pathAnd = (end: string) => () => (file: FindFile) => `${file.path}${end}`;

const formatted = (context: PrimaryContext, name: string): ((file: FindFile) => string) =>
  compileFormat(context.process, context.take(name));

const listed =
  ({ process }: PrimaryContext) =>
  (file: FindFile): string =>
    `${lsLine(process, file)}\n`;

const replaced = (words: readonly string[], path: string): string[] =>
  words.map((word) => word.replaceAll('{}', path));

/** Runs a command; true when its status is 0. */
const run = async (out: Output, argv: readonly string[], cwd?: string): Promise<boolean> => {
  await out.flush();
  try {
    return (await runProgram(out.process, argv, cwd === undefined ? {} : { cwd })) === 0;
  } catch (error) {
    if (!isFsError(error)) throw error;
    await out.errorText(`${out.name}: ${quoteLocale(out.process, argv[0] ?? '')}: ${strerror(error.code)}\n`);
    return false;
  }
};

/** What -execdir runs in, and by which name: the file's directory, and `./name`. */
const placeOf = (file: FindFile): { cwd: string; name: string } => ({
  cwd: dirname(file.path),
  name: file.path === '/' ? '/' : `./${basename(file.path)}`,
});

const exec =
  (inDirectory: boolean): MakePrimary =>
  (context, name) => {
    const { words, plus } = context.takeUntil(name);
    if (words.length === 0) throw new FindError(`invalid argument \`${plus ? '+' : ';'}' to \`${name}'`);
    if (plus) {
      if (words.includes('{}'))
        throw new FindError(`only one instance of {} is supported with ${name} ... +`);
      return batched(context.settings.finish, words, inDirectory);
    }
    return (file) => {
      const place = inDirectory ? placeOf(file) : undefined;
      return run(file.out, replaced(words, place?.name ?? file.path), place?.cwd);
    };
  };

/** Gathers files for one command as long as they fit on its command line; -execdir: as long as they share a directory. */
const batched = (
  finish: (() => Promise<void>)[],
  words: readonly string[],
  inDirectory: boolean,
): Primary => {
  let waiting: string[] = [];
  let bytes = 0;
  let directory: string | undefined;
  let out: Output | undefined;
  const flush = async (): Promise<void> => {
    if (out === undefined || waiting.length === 0) return;
    const names = waiting;
    waiting = [];
    bytes = 0;
    if (!(await run(out, [...words, ...names], directory))) out.status = 1;
  };
  finish.push(flush);
  return async (file) => {
    out = file.out;
    const place = inDirectory ? placeOf(file) : undefined;
    const name = place?.name ?? file.path;
    if (place?.cwd !== directory || bytes + name.length > ARGUMENT_BYTES) await flush();
    directory = place?.cwd;
    waiting.push(name);
    bytes += name.length + 1;
    return true;
  };
};

const ok =
  (inDirectory: boolean): MakePrimary =>
  (context, name) => {
    const { words } = context.takeUntil(name);
    if (words.length === 0) throw new FindError(`missing argument to \`${name}'`);
    return async (file) => {
      const place = inDirectory ? placeOf(file) : undefined;
      await file.out.flush();
      const asked = await askYes(file.out, `< ${words[0]} ... ${file.path} > ? `);
      return asked && run(file.out, replaced(words, place?.name ?? file.path), place?.cwd);
    };
  };

const remove: Primary = async (file) => {
  const { process } = file.out;
  if (file.path === '.') return true;
  try {
    if (file.stat.kind === 'directory') process.rmdir(file.path);
    else process.unlink(file.path);
    return true;
  } catch (error) {
    if (!isFsError(error)) throw error;
    await file.out.warn(`cannot delete ${quoteLocale(process, file.path)}: ${strerror(error.code)}`);
    return false;
  }
};

export const findActions: Readonly<Record<string, MakePrimary>> = {
  delete: action((context) => {
    context.settings.depthFirst = true;
    return remove;
  }),
  exec: action(exec(false)),
  execdir: action(exec(true)),
  fls: action(printer(true, listed)),
  fprint: action(printer(true, pathAnd('\n'))),
  fprint0: action(printer(true, pathAnd('\0'))),
  fprintf: action(printer(true, formatted)),
  ls: action(printer(false, listed)),
  ok: action(ok(false)),
  okdir: action(ok(true)),
  print: action(printer(false, pathAnd('\n'))),
  print0: action(printer(false, pathAnd('\0'))),
  printf: action(printer(false, formatted)),
  prune: () => (file) => {
    file.pruned = true;
    return true;
  },
  quit: action(() => (file) => {
    file.stop();
    return true;
  }),
};
