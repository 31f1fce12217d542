// passwd and chpasswd: cowsh keeps no passwords, so they lock, unlock and tell, and refuse to set one.

import { Accounts } from '../accounts.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { change, Failure } from './change.ts';

const options = {
  delete: { short: 'd' },
  lock: { short: 'l' },
  unlock: { short: 'u' },
  status: { short: 'S' },
  quiet: { short: 'q' },
} as const;

const NO_PASSWORDS = 'cowsh keeps no passwords: nobody is asked for one, sudo and su let root through';

export const passwd: Command = {
  name: 'passwd',
  usageStatus: 2,
  help: `Usage: passwd [options] [LOGIN]

Lock, unlock or tell the password of an account. There are no passwords here:
none is asked for, and none can be set.

Options:
  -d, --delete                  leave the account without a password
  -l, --lock                    lock the password
  -q, --quiet                   accepted
  -S, --status                  tell about the password
  -u, --unlock                  unlock the password
      --help                    display this help message and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, passwd, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const accounts = new Accounts(process);
    const name = parsed.operands[0] ?? accounts.userName(process.cred.uid);
    if (!accounts.user(name)) {
      await out.warn(`user '${name}' does not exist`);
      return 1;
    }
    if (process.cred.uid !== 0 && (name !== accounts.userName(process.cred.uid) || parsed.list.length > 0)) {
      await out.warn('Permission denied.');
      return 1;
    }
    const action = parsed.last('delete', 'lock', 'unlock', 'status');
    if (action === undefined) {
      await out.warn(NO_PASSWORDS);
      return 1;
    }
    const status = await change(out, ['passwd', 'shadow'], (files) => {
      const old = files('shadow')?.row(name)?.[1] ?? '';
      if (action === 'status')
        out.line(`${name} ${letterOf(old)} ${(files('shadow')?.row(name) ?? []).slice(2, 6).join(' ')}`);
      else if (action === 'unlock' && old.length < 2)
        return new Failure(3, `unlocking the password would result in a passwordless account.`);
      else files('shadow')?.set(name, 1, changed(old, action));
      return undefined;
    });
    if (status === 0 && action !== 'status') out.line('passwd: password changed.');
    await out.flush();
    return status;
  },
};

const letterOf = (password: string): string => (password === '' ? 'NP' : /^[!*]/.test(password) ? 'L' : 'P');

const changed = (old: string, action: 'delete' | 'lock' | 'unlock'): string => {
  if (action === 'delete') return '';
  return action === 'lock' ? `!${old.replace(/^!/, '')}` : old.replace(/^!/, '');
};

export const chpasswd: Command = {
  name: 'chpasswd',
  help: `Usage: chpasswd

Set passwords from lines NAME:PASSWORD. There are none here: it says so.

      --help                    display this help message and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, chpasswd, argv, { encrypted: { short: 'e' } });
    if ('exit' in parsed) return parsed.exit;
    await out.warn(NO_PASSWORDS);
    return 1;
  },
};
