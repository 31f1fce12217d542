// What shadow-utils read of /etc/login.defs and /etc/default/useradd.

import type { Process } from '../../fs/process.ts';
import { readText } from '../accounts.ts';
import { attempt } from '../attempt.ts';

export class LoginDefaults {
  readonly #values: ReadonlyMap<string, string>;

  constructor(process: Process) {
    this.#values = new Map([
      ...pairs(process, '/etc/login.defs', /^([A-Z_]+)\s+(\S+)/),
      ...pairs(process, '/etc/default/useradd', /^([A-Z_]+)=(.*)$/),
    ]);
  }

  text(name: string, otherwise: string): string {
    return this.#values.get(name) || otherwise;
  }

  number(name: string, otherwise: number): number {
    const value = this.#values.get(name);
    return value === undefined ? otherwise : Number(value);
  }

  /** The permissions of a new home directory. */
  get homeMode(): number {
    const mode = this.#values.get('HOME_MODE');
    return mode === undefined
      ? 0o777 & ~Number.parseInt(this.text('UMASK', '022'), 8)
      : Number.parseInt(mode, 8);
  }
}

const pairs = (process: Process, path: string, pattern: RegExp): [string, string][] => {
  const text = attempt(() => readText(process, path)).value ?? '';
  return text.split('\n').flatMap((line): [string, string][] => {
    const match = pattern.exec(line);
    return match ? [[match[1] ?? '', match[2] ?? '']] : [];
  });
};
