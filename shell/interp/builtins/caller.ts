// caller: who called the running function or sourced file.
import { chain } from '../maybe.ts';
import { type Builtin, print } from './builtin.ts';
import { showUsage } from './usage.ts';

export const caller: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    if (shell.calls.length === 0) return 1;
    const [lines, names, files] = [shell.callLines(), shell.functionNames(), shell.sourceNames()];
    if (argv[1] === undefined) return print(shell, 'caller', `${lines[0]} ${files[1] ?? 'NULL'}\n`);
    if (!/^\d+$/.test(argv[1]))
      return chain(shell.complain(`caller: ${argv[1]}: invalid number`), () => showUsage(shell, 'caller'));
    const depth = Number(argv[1]);
    const [line, name, file] = [lines[depth], names[depth + 1], files[depth + 1]];
    if (line === undefined || name === undefined || file === undefined) return 1;
    return print(shell, 'caller', `${line} ${name} ${file}\n`);
  },
};
