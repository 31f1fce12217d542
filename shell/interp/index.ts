// The shells as programs, by the name in a program file's header.
import type { Program } from '../fs/process.ts';
import type { Dialect } from './shell.ts';

const dialects = { bash: 'bash', rbash: 'bash', sh: 'dash', dash: 'dash', ash: 'ash' } satisfies Record<
  string,
  Dialect
>;

/** The shell of that name; loaded on first use. Undefined when it is no shell. */
export function loadShell(name: string): Promise<Program> | undefined {
  if (!Object.hasOwn(dialects, name)) return undefined;
  const dialect = dialects[name as keyof typeof dialects];
  return import('./main.ts').then(({ shellProgram }) => shellProgram(dialect));
}
