// install: copy files and set their attributes, or make directories.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import { backupHelp, backupOptions, backupRule } from './backup.ts';
import type { Command } from './command.ts';
import { type CopyRules, newCopyState } from './copy-rules.ts';
import { copyTree } from './copy-tree.ts';
import { destinations } from './destination.ts';
import { makeWithParents } from './mkdir.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { dirname } from './path-name.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { applyMode, parseMode } from './symbolic-mode.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  ...backupOptions,
  c: {},
  compare: { short: 'C' },
  directory: { short: 'd' },
  D: {},
  group: { short: 'g', argument: 'required' },
  mode: { short: 'm', argument: 'required' },
  owner: { short: 'o', argument: 'required' },
  'preserve-timestamps': { short: 'p' },
  strip: { short: 's' },
  'target-directory': { short: 't', argument: 'required' },
  'no-target-directory': { short: 'T' },
  verbose: { short: 'v' },
} as const;

export const install: Command = {
  name: 'install',
  help: `Usage: install [OPTION]... [-T] SOURCE DEST
  or:  install [OPTION]... SOURCE... DIRECTORY
  or:  install [OPTION]... -t DIRECTORY SOURCE...
  or:  install [OPTION]... -d DIRECTORY...
Copy files to DEST or into DIRECTORY and set their permissions and owner; with
-d, make directories and all that are missing above them.

${backupHelp}  -c                  (does nothing)
  -C, --compare       leave a DEST alone that is as it should be already
  -d, --directory     make directories; operands name nothing else
  -D                  make what is missing above DEST, or all of DIRECTORY
  -g, --group=GROUP   give the files to GROUP
  -m, --mode=MODE     permissions, as chmod takes them (default rwxr-xr-x)
  -o, --owner=OWNER   give the files to OWNER
  -p, --preserve-timestamps   keep the times of SOURCEs
  -s, --strip         accepted; nothing here has symbol tables
  -t, --target-directory=DIRECTORY  copy all SOURCEs into DIRECTORY
  -T, --no-target-directory  take DEST as a plain file
  -v, --verbose       say what is installed
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, install, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const backup = await backupRule(out, parsed);
    if (backup !== undefined && 'exit' in backup) return backup.exit;
    const text = parsed.value('mode') ?? '755';
    const changes = parseMode(text);
    if (!changes) {
      await out.warn(`invalid mode ${quoteLocale(process, text)}`);
      return 1;
    }
    const owner = await ownerOf(out, parsed.value('owner'), parsed.value('group'));
    if (!owner) return 1;
    const attributes = { ...owner, mode: applyMode(0, changes, 0, parsed.has('directory')) };
    const verbose = parsed.has('verbose');
    process.umask(0);
    if (parsed.has('directory')) {
      if (parsed.operands.length === 0) return missingOperand(out, install, [], 'file operand');
      for (const name of parsed.operands) await installDirectory(out, name, attributes, verbose);
      return out.end();
    }
    const directory = parsed.value('target-directory');
    if (parsed.has('D')) {
      const last = directory ?? dirname(parsed.operands.at(-1) ?? '.');
      process.umask(0o022);
      if (!(await makeWithParents(out, last, 0o755, false, tellMade(out, verbose)))) return 1;
      process.umask(0);
    }
    const plain = parsed.has('no-target-directory');
    const found = await destinations(out, install, parsed.operands, { directory, plain });
    if ('exit' in found) return found.exit;
    const rules = rulesOf(attributes.mode, verbose, parsed.has('preserve-timestamps'));
    const state = newCopyState({ ...rules, backup }, 0);
    for (const { from, to } of found.pairs) {
      const same = parsed.has('compare') && isInstalled(process, from, to, attributes);
      if (!same && (await copyTree(out, { from, to, operand: true }, state)) === 'failed') out.status = 1;
      else await setAttributes(out, to, attributes);
    }
    return out.end();
  },
};

interface Attributes {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** -C: the destination has this content, owner and mode already. */
const isInstalled = (process: Process, from: string, to: string, { uid, gid, mode }: Attributes): boolean => {
  const [source, there] = [process.tryLstat(from), process.tryLstat(to)];
  if (source?.kind !== 'file' || there?.kind !== 'file' || (mode & ~0o777) !== 0) return false;
  const { cred } = process;
  const owned = there.uid === (uid === -1 ? cred.uid : uid) && there.gid === (gid === -1 ? cred.gid : gid);
  if (!owned || (there.mode & 0o7777) !== mode || source.size !== there.size) return false;
  const [a, b] = [from, to].map((name) => readAll(process, name));
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
};

const readAll = (process: Process, name: string): Uint8Array | undefined =>
  attempt(() => {
    const fd = process.open(name, O.RDONLY);
    const bytes = process.pread(fd, process.fstat(fd).size, 0);
    process.close(fd);
    return bytes;
  }).value;

const ownerOf = async (
  out: Output,
  owner: string | undefined,
  group: string | undefined,
): Promise<{ uid: number; gid: number } | undefined> => {
  const accounts = new Accounts(out.process);
  const uid = owner === undefined ? -1 : accounts.uid(owner);
  const gid = group === undefined ? -1 : accounts.gid(group);
  if (uid !== undefined && gid !== undefined) return { uid, gid };
  const [noun, name] = uid === undefined ? ['user', owner] : ['group', group];
  await out.warn(`invalid ${noun} ${quoteLocale(out.process, name ?? '')}`);
  return undefined;
};

const rulesOf = (mode: number, verbose: boolean, times: boolean): CopyRules => ({
  recursive: false,
  dereference: 'always',
  preserve: { mode: false, owner: false, times, links: false, xattrs: false },
  force: true,
  removeDestination: true,
  overwrite: 'always',
  update: false,
  verbose,
  hardLink: false,
  symbolicLink: false,
  oneFileSystem: false,
  attributesOnly: false,
  move: false,
  mode,
});

const tellMade =
  (out: Output, verbose: boolean) =>
  (name: string): void => {
    if (verbose) out.line(`${out.name}: creating directory ${quoteAlways(out.process, name)}`);
  };

const installDirectory = async (
  out: Output,
  name: string,
  attributes: Attributes,
  verbose: boolean,
): Promise<void> => {
  const { process } = out;
  process.umask(0o022);
  const made = await makeWithParents(out, name, 0o755, false, tellMade(out, verbose));
  process.umask(0);
  if (!made) return;
  if (attributes.uid !== -1 || attributes.gid !== -1) await setOwner(out, name, attributes);
  if ((process.stat(name).mode & 0o7777) !== attributes.mode) process.chmod(name, attributes.mode);
};

/** Owner first: a change of owner takes the set-ID bits away. */
const setAttributes = async (out: Output, name: string, attributes: Attributes): Promise<void> => {
  if (attributes.uid !== -1 || attributes.gid !== -1) await setOwner(out, name, attributes);
  const { error } = attempt(() => out.process.chmod(name, attributes.mode));
  if (error) await out.complain(`cannot change permissions of ${quoteAlways(out.process, name)}`, error);
};

const setOwner = async (out: Output, name: string, { uid, gid }: Attributes): Promise<void> => {
  const { error } = attempt(() => out.process.lchown(name, uid, gid));
  if (error) await out.complain(`cannot change ownership of ${quoteAlways(out.process, name)}`, error);
};
