// pushd, popd, dirs
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, refuse } from './builtin.ts';
import { changeDirectory } from './cd.ts';

export const dirs: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    if (argv.includes('-c')) {
      shell.state.directories = [];
      return 0;
    }
    const all = [shell.directory(), ...shell.state.directories].map((dir) =>
      argv.includes('-l') ? dir : shortened(shell, dir),
    );
    if (argv.includes('-v'))
      return print(shell, 'dirs', all.map((dir, i) => `${String(i).padStart(2)}  ${dir}\n`).join(''));
    return print(shell, 'dirs', `${all.join(argv.includes('-p') ? '\n' : ' ')}\n`);
  },
};

function shortened(shell: Shell, dir: string): string {
  const home = shell.state.variables.scalar('HOME');
  return home && home !== '/' && (dir === home || dir.startsWith(`${home}/`))
    ? `~${dir.slice(home.length)}`
    : dir;
}

export const pushd: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const { state } = shell;
    const here = shell.directory();
    const target = argv[1];
    if (target === undefined) {
      const [first, ...rest] = state.directories;
      if (first === undefined) return refuse(shell, 'pushd', 'no other directory');
      return moved(shell, 'pushd', first, [here, ...rest]);
    }
    return moved(shell, 'pushd', target, [here, ...state.directories]);
  },
};

export const popd: Builtin = {
  dialects: ['bash'],
  run(shell) {
    const [first, ...rest] = shell.state.directories;
    if (first === undefined) return refuse(shell, 'popd', 'directory stack empty');
    return moved(shell, 'popd', first, rest);
  },
};

function moved(shell: Shell, name: string, target: string, stack: string[]): Maybe<number> {
  return chain(changeDirectory(shell, name, target, false), (status) => {
    if (status !== 0) return status;
    shell.state.directories = stack;
    return chain(dirs.run(shell, ['dirs'], undefined as never), () => 0);
  });
}
