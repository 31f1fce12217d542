// Names for temporary files: a template whose X's become random letters (mkstemp(3)).

import type { Process } from '../fs/process.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export const temporaryName = (process: Process, template: string): string =>
  template.replace(/X{3,}(?=[^X]*$)/, (run) =>
    [...process.kernel.random.bytes(run.length)].map((byte) => LETTERS[byte % LETTERS.length]).join(''),
  );
