// Actions of find: printing, running commands, deleting.

import { isFsError, strerror } from '../fs/errno.ts';
import { lsLine } from './find-ls.ts';
import type { MakePrimary, Primary } from './find-primary.ts';
import { FindError } from './find-primary.ts';
import { compileFormat } from './find-printf.ts';
import type { FindFile } from './find-run.ts';
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

const printer =
  (end: string): MakePrimary =>
  () =>
  (file) => {
    file.out.text(`${file.path}${end}`);
    return true;
  };

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

const ok: MakePrimary = (context, name) => {
  const { words } = context.takeUntil(name);
  if (words.length === 0) throw new FindError(`missing argument to \`${name}'`);
  return async (file) => {
    await file.out.flush();
    const asked = await askYes(file.out, `< ${words[0]} ... ${file.path} > ? `);
    return asked && run(file.out, replaced(words, file.path));
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
  ls: action((context) => (file) => {
    file.out.line(lsLine(context.process, file));
    return true;
  }),
  ok: action(ok),
  print: action(printer('\n')),
  print0: action(printer('\0')),
  printf: action((context, name) => {
    const format = compileFormat(context.process, context.take(name));
    return (file) => {
      file.out.text(format(file));
      return true;
    };
  }),
  prune: () => (file) => {
    file.pruned = true;
    return true;
  },
  quit: action(() => (file) => {
    file.stop();
    return true;
  }),
};
