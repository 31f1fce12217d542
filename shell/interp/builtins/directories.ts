// pushd, popd, dirs
import { directoryStack, shortened, stackPlace } from '../directory-stack.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, refuse } from './builtin.ts';
import { changeDirectory } from './cd.ts';
import { showUsage } from './usage.ts';

type Name = 'dirs' | 'pushd' | 'popd';

function invalid(shell: Shell, name: Name, text: string): Maybe<number> {
  return chain(refuse(shell, name, `${text}: invalid number`), () => showUsage(shell, name));
}

/** bash's words for a place that the stack does not have. */
function outside(shell: Shell, name: Name, text: string): Maybe<number> {
  return shell.state.directories.length === 0
    ? refuse(shell, name, 'directory stack empty')
    : refuse(shell, name, `${text}: directory stack index out of range`);
}

export const dirs: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    let flags = '';
    let only: string | undefined;
    for (const word of argv.slice(1)) {
      if (word === '--') continue;
      if (/^[-+]\d+$/.test(word)) only = word;
      else if (/^-[clpv]+$/.test(word)) flags += word.slice(1);
      else return invalid(shell, 'dirs', word);
    }
    if (flags.includes('c')) {
      shell.state.directories = [];
      return 0;
    }
    const shown = directoryStack(shell).map((dir) => (flags.includes('l') ? dir : shortened(shell, dir)));
    if (only !== undefined) {
      const place = stackPlace(only, shown.length) as number;
      const dir = shown[place];
      if (dir === undefined) return outside(shell, 'dirs', only.slice(1));
      return print(
        shell,
        'dirs',
        flags.includes('v') ? `${String(place).padStart(2)}  ${dir}\n` : `${dir}\n`,
      );
    }
    if (flags.includes('v'))
      return print(shell, 'dirs', shown.map((dir, i) => `${String(i).padStart(2)}  ${dir}\n`).join(''));
    return print(shell, 'dirs', `${shown.join(flags.includes('p') ? '\n' : ' ')}\n`);
  },
};

/** -n leaves the working directory; what is left of the words is at most one operand. */
function readWords(argv: readonly string[]): { stay: boolean; operands: readonly string[] } {
  const words = argv.slice(1).filter((word) => word !== '-n');
  return { stay: words.length < argv.length - 1, operands: words[0] === '--' ? words.slice(1) : words };
}

export const pushd: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const { stay, operands } = readWords(argv);
    const stack = directoryStack(shell);
    const [target] = operands;
    if (operands.length > 1) return refuse(shell, 'pushd', 'too many arguments');
    if (target === undefined) {
      const [here, next, ...rest] = stack;
      if (next === undefined) return refuse(shell, 'pushd', 'no other directory');
      return settle(shell, 'pushd', [next, here as string, ...rest], stay);
    }
    const place = stackPlace(target, stack.length);
    if (place !== undefined) {
      if (stack.length === 1) return refuse(shell, 'pushd', 'no other directory');
      if (stack[place] === undefined) return outside(shell, 'pushd', target);
      return settle(shell, 'pushd', [...stack.slice(place), ...stack.slice(0, place)], stay);
    }
    if (/^-./.test(target)) return invalid(shell, 'pushd', target);
    if (!stay) return settle(shell, 'pushd', [target, ...stack], false);
    return settle(shell, 'pushd', [stack[0] as string, target, ...stack.slice(1)], true);
  },
};

export const popd: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const { stay, operands } = readWords(argv);
    const stack = directoryStack(shell);
    const [target] = operands;
    if (target !== undefined && stackPlace(target, stack.length) === undefined)
      return /^-./.test(target)
        ? invalid(shell, 'popd', target)
        : refuse(shell, 'popd', `${target}: invalid argument`);
    if (stack.length === 1) return refuse(shell, 'popd', 'directory stack empty');
    const place = target === undefined ? (stay ? 1 : 0) : (stackPlace(target, stack.length) as number);
    if (stack[place] === undefined) return outside(shell, 'popd', target ?? '');
    const left = stack.filter((_, i) => i !== place);
    return settle(shell, 'popd', left, stay || place !== 0);
  },
};

/** Makes the stack what is given, the top of it the working directory, and shows it. */
function settle(
  shell: Shell,
  name: Name,
  [top = '', ...below]: readonly string[],
  stay: boolean,
): Maybe<number> {
  return chain(stay ? 0 : changeDirectory(shell, name, top, false), (status) => {
    if (status !== 0) return status;
    shell.state.directories = below;
    return chain(dirs.run(shell, ['dirs'], undefined as never), () => 0);
  });
}
