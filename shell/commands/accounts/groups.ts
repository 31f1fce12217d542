// groupadd, groupdel, groupmod, gpasswd -a and -d (shadow-utils).

import type { Command } from '../command.ts';
import { parseOptions, printHelp } from '../options.ts';
import { Output } from '../output.ts';
import { change, Failure, setMember } from './change.ts';
import { LoginDefaults } from './defaults.ts';
import { freeId, isGoodName } from './ids.ts';
import { readName } from './one-name.ts';

const USAGE = 2;
const BAD_ARGUMENT = 3;
const GID_IN_USE = 4;
const NO_SUCH_GROUP = 6;
const PRIMARY_GROUP = 8;
const NAME_IN_USE = 9;

const addOptions = {
  force: { short: 'f' },
  gid: { short: 'g', argument: 'required' },
  help: { short: 'h' },
  'non-unique': { short: 'o' },
  system: { short: 'r' },
} as const;

export const groupadd: Command = {
  name: 'groupadd',
  usageStatus: USAGE,
  usageShowsHelp: true,
  help: `Usage: groupadd [options] GROUP

Make the group GROUP.

Options:
  -f, --force                   a group that exists is no error
  -g, --gid GID                 the number of the group
  -h, --help                    display this help message and exit
  -o, --non-unique              a number that a group has already
  -r, --system                  a group for the system, with a low number
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const read = await readName(out, groupadd, argv, addOptions);
    if (typeof read === 'number') return read;
    const { name, parsed } = read;
    if (!isGoodName(name)) {
      await out.warn(`'${name}' is not a valid group name`);
      return BAD_ARGUMENT;
    }
    const given = parsed.value('gid');
    if (given !== undefined && !/^\d+$/.test(given)) {
      await out.warn(`invalid group ID '${given}'`);
      return BAD_ARGUMENT;
    }
    return change(out, ['group', 'gshadow'], (files) => {
      const group = files('group');
      if (group?.row(name))
        return parsed.has('force')
          ? new Failure(0)
          : new Failure(NAME_IN_USE, `group '${name}' already exists`);
      const used = group?.numbers(2) ?? [];
      if (given !== undefined && used.includes(Number(given)) && !parsed.has('non-unique'))
        return new Failure(GID_IN_USE, `GID '${given}' already exists`);
      const gid = given ?? freeId(used, 'GID', parsed.has('system'), new LoginDefaults(process));
      if (gid === undefined) return new Failure(1, "can't get unique GID (no more available GIDs)");
      group?.add(name, 'x', gid, '');
      files('gshadow')?.add(name, '!', '', '');
      return undefined;
    });
  },
};

export const groupdel: Command = {
  name: 'groupdel',
  usageStatus: USAGE,
  usageShowsHelp: true,
  help: `Usage: groupdel [options] GROUP

Remove the group GROUP.

Options:
  -f, --force                   even the first group of a user
  -h, --help                    display this help message and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const read = await readName(out, groupdel, argv, { force: { short: 'f' }, help: { short: 'h' } });
    if (typeof read === 'number') return read;
    const { name, parsed } = read;
    return change(out, ['group', 'gshadow', 'passwd'], (files) => {
      const row = files('group')?.row(name);
      if (row === undefined) return new Failure(NO_SUCH_GROUP, `group '${name}' does not exist`);
      const owner = files('passwd')?.rows.find((fields) => fields[3] === row[2]);
      if (owner !== undefined && !parsed.has('force'))
        return new Failure(PRIMARY_GROUP, `cannot remove the primary group of user '${owner[0]}'`);
      files('group')?.remove(name);
      files('gshadow')?.remove(name);
      return undefined;
    });
  },
};

const gpasswdOptions = {
  add: { short: 'a', argument: 'required' },
  delete: { short: 'd', argument: 'required' },
  help: { short: 'h' },
} as const;

export const gpasswd: Command = {
  name: 'gpasswd',
  usageStatus: USAGE,
  usageShowsHelp: true,
  help: `Usage: gpasswd [option] GROUP

Put a user into GROUP, or take one out. Groups have no passwords here.

Options:
  -a, --add USER                put USER into GROUP
  -d, --delete USER             take USER out of GROUP
  -h, --help                    display this help message and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, gpasswd, argv, gpasswdOptions);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, gpasswd);
    const [group] = parsed.operands;
    const user = parsed.value('add') ?? parsed.value('delete');
    if (group === undefined || user === undefined) {
      await out.errorText(gpasswd.help);
      return USAGE;
    }
    if (process.cred.uid !== 0) {
      await out.warn('Permission denied.');
      return 1;
    }
    const adds = parsed.has('add');
    const status = await change(out, ['group', 'gshadow', 'passwd'], (files) => {
      if (files('group')?.row(group) === undefined)
        return new Failure(BAD_ARGUMENT, `group '${group}' does not exist in /etc/group`);
      if (files('passwd')?.row(user) === undefined)
        return new Failure(BAD_ARGUMENT, `user '${user}' does not exist`);
      const isMember = (files('group')?.row(group)?.[3] ?? '').split(',').includes(user);
      out.line(adds ? `Adding user ${user} to group ${group}` : `Removing user ${user} from group ${group}`);
      if (!adds && !isMember)
        return new Failure(BAD_ARGUMENT, `user '${user}' is not a member of '${group}'`);
      setMember(files, group, user, adds);
      return undefined;
    });
    await out.flush();
    return status;
  },
};
