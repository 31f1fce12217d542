// bind: readline's keys. What it does is loaded when it is first asked.
import { loading } from '../../fs/loading.ts';
import { type Builtin, readFlags } from './builtin.ts';

export const bind: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    if (!shell.interactive) await shell.complain('bind: warning: line editing not enabled');
    const flags = readFlags(shell, argv, 'lpsvPSVXm:f:q:u:r:x:');
    if (flags instanceof Promise) return flags;
    return (await loading(import('../readline/bind.ts'))).bindKeys(shell, flags);
  },
};
