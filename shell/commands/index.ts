// The program table: the name in a program file's header → the command that runs. Loaded on first use.

import type { Program } from '../fs/process.ts';
import type { Command } from './command.ts';
import { programOf } from './program.ts';

export type { Command } from './command.ts';

type Load = () => Promise<Command>;

export const commands = {
  cat: async () => (await import('./cat.ts')).cat,
  echo: async () => (await import('./echo.ts')).echo,
  false: async () => (await import('./false.ts')).falseCommand,
  true: async () => (await import('./true.ts')).trueCommand,
} satisfies Record<string, Load>;

export type CommandName = keyof typeof commands;

const table: ReadonlyMap<string, Load> = new Map(Object.entries(commands));

/** The command of that name; undefined when cowsh has none. */
export const loadCommand = (name: string): Promise<Command> | undefined => table.get(name)?.();

/** The program of that name, ready for the kernel's loader; undefined when cowsh has none. */
export const loadProgram = (name: string): Promise<Program> | undefined => loadCommand(name)?.then(programOf);

export const commandNames = (): string[] => [...table.keys()];
