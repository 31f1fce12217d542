// What the primaries of find share.

import type { Process } from '../fs/process.ts';
import type { FindFile } from './find-file.ts';
import type { Output } from './output.ts';

/** An expression that makes no sense: the message without find's name. */
export class FindError extends Error {}

export type Primary = (file: FindFile) => boolean | Promise<boolean>;

export interface FindSettings {
  depthFirst: boolean;
  maxDepth: number;
  minDepth: number;
  oneFileSystem: boolean;
  links: 'never' | 'operands' | 'always';
  readonly warnings: string[];
  readonly finish: (() => Promise<void>)[];
  /** Files that actions write to, by name. */
  readonly files: Map<string, Output>;
  /** There is an action besides -prune: -print is not implied. */
  acts: boolean;
  dayStart: boolean;
  regexType: string;
}

export interface PrimaryContext {
  readonly process: Process;
  /** The next word of the expression. Throws FindError when there is none. */
  take(name: string): string;
  /** The words of a command. */
  takeUntil(name: string): { words: string[]; plus: boolean };
  readonly settings: FindSettings;
}

export type MakePrimary = (context: PrimaryContext, name: string) => Primary;
