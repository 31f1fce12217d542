// shift
import { ShellError } from '../shell-error.ts';
import { type Builtin, refuse } from './builtin.ts';

export const shift: Builtin = {
  special: true,
  run(shell, argv) {
    const { state } = shell;
    const text = argv[1] ?? '1';
    const bash = shell.dialect === 'bash';
    if (!/^[-+]?\d+$/.test(text)) {
      if (!bash) throw new ShellError(`shift: Illegal number: ${text}`, { status: 2, scope: 'shell' });
      return refuse(shell, 'shift', `${text}: numeric argument required`);
    }
    const count = Number(text);
    if (count < 0 && !bash)
      throw new ShellError(`shift: Illegal number: ${text}`, { status: 2, scope: 'shell' });
    if (count < 0) return refuse(shell, 'shift', `${text}: shift count out of range`);
    if (count > state.positional.length) {
      if (bash)
        return state.shopted('shift_verbose')
          ? refuse(shell, 'shift', `${text}: shift count out of range`)
          : 1;
      if (shell.dialect === 'ash') return 1;
      throw new ShellError("shift: can't shift that many", { status: 2, scope: 'shell' });
    }
    state.positional = state.positional.slice(count);
    return 0;
  },
};
