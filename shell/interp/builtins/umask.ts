// umask: show or set, octal or symbolic.
import { type Builtin, badOption, print, refuse, splitOptions } from './builtin.ts';

export const umask: Builtin = {
  run(shell, argv) {
    const { options, operands, bad } = splitOptions(argv.slice(1), 'Sp');
    if (bad !== undefined) return badOption(shell, 'umask', bad);
    const { process } = shell;
    const mask = process.umask();
    const text = operands[0];
    if (text === undefined) {
      const shown = options.includes('S') ? symbolic(mask) : mask.toString(8).padStart(4, '0');
      return print(
        shell,
        'umask',
        `${options.includes('p') ? `umask ${options.includes('S') ? '-S ' : ''}` : ''}${shown}\n`,
      );
    }
    if (/^\d/.test(text)) {
      if (!/^[0-7]{1,4}$/.test(text)) {
        return shell.dialect === 'bash'
          ? refuse(shell, 'umask', `${text}: octal number out of range`)
          : refuse(shell, 'umask', `Illegal number: ${text}`, 2);
      }
      process.umask(Number.parseInt(text, 8));
      return 0;
    }
    const changed = applySymbolic(mask, text);
    if (changed === undefined) {
      const wrong = /[^ugoa+=\-rwx,]/.exec(text);
      const what = /[-+=]/.test(text.slice(0, wrong?.index)) ? 'character' : 'operator';
      return shell.dialect === 'bash'
        ? refuse(shell, 'umask', `\`${wrong?.[0] ?? text[0]}': invalid symbolic mode ${what}`)
        : refuse(shell, 'umask', `${shell.dialect === 'ash' ? 'illegal' : 'Illegal'} mode: ${text}`, 2);
    }
    process.umask(changed);
    return 0;
  },
};

const WHO = { u: 6, g: 3, o: 0 } as const;
const BITS: Record<string, number> = { r: 4, w: 2, x: 1 };

function symbolic(mask: number): string {
  const allowed = (shift: number): string =>
    ['r', 'w', 'x'].filter((letter) => ((~mask >> shift) & (BITS[letter] as number)) !== 0).join('');
  return `u=${allowed(6)},g=${allowed(3)},o=${allowed(0)}`;
}

function applySymbolic(mask: number, text: string): number | undefined {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const shape = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (shape === null) return undefined;
    const who = shape[1] === '' || shape[1]?.includes('a') ? 'ugo' : (shape[1] as string);
    const bits = [...(shape[3] as string)].reduce((sum, letter) => sum | (BITS[letter] as number), 0);
    for (const one of who as Iterable<'u' | 'g' | 'o'>) {
      const shift = WHO[one];
      if (shape[2] === '+') allowed |= bits << shift;
      else if (shape[2] === '-') allowed &= ~(bits << shift);
      else allowed = (allowed & ~(7 << shift)) | (bits << shift);
    }
  }
  return ~allowed & 0o777;
}
