// The tests, options and actions of find, by name.

import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import { findActions } from './find-actions.ts';
import { fileSystemType } from './find-mount.ts';
import { FindError, type MakePrimary, type Primary, type PrimaryContext } from './find-primary.ts';
import { findTimes } from './find-times.ts';
import { fnmatch } from './fnmatch.ts';
import { basename } from './path-name.ts';
import { compileRegex, RegexError } from './posix-regex.ts';
import { quoteLocale } from './quoting.ts';
import { applyMode, parseMode } from './symbolic-mode.ts';

const REGEX_TYPES =
  'findutils-default ed emacs gnu-awk grep posix-awk awk posix-basic posix-egrep egrep posix-extended posix-minimal-basic sed'.split(
    ' ',
  );

const always: Primary = () => true;

/** `+5`, `-5`, `5`. */
const compareNumber = (name: string, text: string): ((value: number) => boolean) => {
  const match = /^([-+]?)(\d+)$/.exec(text);
  if (!match) throw new FindError(`invalid argument \`${text}' to \`${name}'`);
  const wanted = Number(match[2]);
  if (match[1] === '+') return (value) => value > wanted;
  return match[1] === '-' ? (value) => value < wanted : (value) => value === wanted;
};

/** -name looks at the last component; that of `/` is `/`. */
const nameTest =
  (ignoreCase: boolean): MakePrimary =>
  (context, name) => {
    const pattern = context.take(name);
    if (pattern.includes('/')) {
      context.settings.warnings.push(
        `'${name}' matches against basenames only, but the given pattern contains a directory separator (${quoteLocale(context.process, '/')}), thus the expression will evaluate to false all the time.  Did you mean '-${ignoreCase ? 'iwholename' : 'wholename'}'?`,
      );
    }
    return ({ path }) => fnmatch(pattern, basename(path), { ignoreCase });
  };

const pathTest =
  (ignoreCase: boolean): MakePrimary =>
  (context, name) => {
    const pattern = context.take(name);
    return ({ path }) => fnmatch(pattern, path, { ignoreCase });
  };

const linkTest =
  (ignoreCase: boolean): MakePrimary =>
  (context, name) => {
    const pattern = context.take(name);
    return ({ path, stat }) =>
      stat.kind === 'symlink' && fnmatch(pattern, context.process.readlink(path), { ignoreCase });
  };

const regexTest =
  (ignoreCase: boolean): MakePrimary =>
  (context, name) => {
    const pattern = context.take(name);
    const type = context.settings.regexType;
    const extended = /extended|egrep|awk/.test(type);
    // Emacs' expressions are basic ones with + and ? as operators.
    const source =
      type === 'emacs' || type === 'findutils-default'
        ? pattern.replace(/\\?[+?]/g, (word) => (word.length === 1 ? `\\${word}` : word.slice(1)))
        : pattern;
    try {
      const matcher = compileRegex(extended ? `^(${source})$` : `^\\(${source}\\)$`, {
        extended,
        ignoreCase,
        utf8: true,
      });
      return ({ path }) => matcher.test(path);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      throw new FindError(`failed to compile regular expression '${pattern}': ${error.message}`);
    }
  };

const KINDS = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  c: 'char',
  b: 'block',
  p: 'fifo',
  s: 'socket',
} as const;

const readKinds = (name: string, text: string): Set<string> => {
  const kinds = new Set<string>();
  for (const [at, letter] of text.split(',').entries()) {
    const kind = KINDS[letter as keyof typeof KINDS];
    if (letter.length > 1 && text[letter.length] !== ',' && KINDS[letter[0] as keyof typeof KINDS]) {
      throw new FindError(`Must separate multiple arguments to ${name} using: ','`);
    }
    if (kind === undefined) {
      if (letter === '' && at > 0)
        throw new FindError(
          `Last file type in list argument to ${name} is missing, i.e., list is ending on: ','`,
        );
      if (letter === '') throw new FindError(`Arguments to ${name} should contain at least one letter`);
      throw new FindError(`Unknown argument to ${name}: ${letter[0]}`);
    }
    kinds.add(kind);
  }
  return kinds;
};

const UNITS: Readonly<Record<string, number>> = {
  b: 512,
  c: 1,
  w: 2,
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  '': 512,
};

const sizeTest: MakePrimary = (context, name) => {
  const text = context.take(name);
  const match = /^([-+]?\d*)([a-zA-Z]?)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (!match || (match[2] === '' && match[1] === ''))
    throw new FindError(`Invalid argument \`${text}' to ${name}`);
  if (unit === undefined) throw new FindError(`invalid -size type \`${match[2]}'`);
  const compare = compareNumber(name, match[1] ?? '');
  return ({ stat }) => compare(Math.ceil(stat.size / unit));
};

const permTest: MakePrimary = (context, name) => {
  const text = context.take(name);
  const how = /^[-/]/.exec(text)?.[0];
  const changes = parseMode(how === undefined ? text : text.slice(1));
  if (changes === undefined || /^\+\d/.test(text))
    throw new FindError(`invalid mode ${quoteLocale(context.process, text)}`);
  const wanted = applyMode(0, changes, 0, false) & 0o7777;
  if (how === '-') return ({ stat }) => (stat.mode & wanted) === wanted;
  if (how === '/') return ({ stat }) => wanted === 0 || (stat.mode & wanted) !== 0;
  return ({ stat }) => (stat.mode & 0o7777) === wanted;
};

const ownerTest =
  (kind: 'user' | 'group'): MakePrimary =>
  (context, name) => {
    const text = context.take(name);
    const accounts = new Accounts(context.process);
    const id = kind === 'user' ? accounts.uid(text) : accounts.gid(text);
    if (id === undefined) {
      const what =
        kind === 'user' ? 'is not the name of a known user' : 'is not the name of an existing group';
      throw new FindError(`${quoteLocale(context.process, text)} ${what}`);
    }
    return ({ stat }) => (kind === 'user' ? stat.uid : stat.gid) === id;
  };

const statTest =
  (value: (stat: { uid: number; gid: number; nlink: number; ino: number }) => number): MakePrimary =>
  (context, name) => {
    const compare = compareNumber(name, context.take(name));
    return ({ stat }) => compare(value(stat));
  };

const accessTest =
  (mode: number): MakePrimary =>
  (context) =>
  ({ path }) =>
    attempt(() => context.process.access(path, mode)).error === undefined;

const depthOption =
  (key: 'maxDepth' | 'minDepth'): MakePrimary =>
  (context, name) => {
    const text = context.take(name);
    if (!/^\d+$/.test(text))
      throw new FindError(
        `Expected a positive decimal integer argument to ${name}, but got ${quoteLocale(context.process, text)}`,
      );
    context.settings[key] = Number(text);
    return always;
  };

const setting =
  (set: (settings: PrimaryContext['settings']) => void): MakePrimary =>
  (context) => {
    set(context.settings);
    return always;
  };

/** Every word that may begin a primary, without its dash. */
export const findPrimaries: Readonly<Record<string, MakePrimary>> = {
  ...findTimes,
  ...findActions,
  daystart: setting((settings) => {
    settings.dayStart = true;
  }),
  d: setting((settings) => {
    settings.depthFirst = true;
  }),
  depth: setting((settings) => {
    settings.depthFirst = true;
  }),
  empty:
    (context) =>
    ({ path, stat }) => {
      if (stat.kind === 'file') return stat.size === 0;
      return (
        stat.kind === 'directory' && (attempt(() => context.process.readdir(path).length).value ?? 1) === 0
      );
    },
  executable: accessTest(1),
  false: () => () => false,
  follow: setting((settings) => {
    settings.links = 'always';
  }),
  gid: statTest((stat) => stat.gid),
  group: ownerTest('group'),
  context: () => {
    throw new FindError('invalid predicate -context: SELinux is not enabled.');
  },
  fstype: (context, name) => {
    const type = context.take(name);
    return ({ stat }) => fileSystemType(context.process, stat.dev) === type;
  },
  ignore_readdir_race: setting(() => {}),
  ilname: linkTest(true),
  iname: nameTest(true),
  inum: statTest((stat) => stat.ino),
  ipath: pathTest(true),
  iregex: regexTest(true),
  iwholename: pathTest(true),
  links: statTest((stat) => stat.nlink),
  lname: linkTest(false),
  maxdepth: depthOption('maxDepth'),
  mindepth: depthOption('minDepth'),
  mount: setting((settings) => {
    settings.oneFileSystem = true;
  }),
  name: nameTest(false),
  nogroup: (context) => {
    const accounts = new Accounts(context.process);
    return ({ stat }) => accounts.groupOf(stat.gid) === undefined;
  },
  noleaf: setting(() => {}),
  nouser: (context) => {
    const accounts = new Accounts(context.process);
    return ({ stat }) => accounts.userOf(stat.uid) === undefined;
  },
  nowarn: setting(() => {}),
  path: pathTest(false),
  perm: permTest,
  readable: accessTest(4),
  regex: regexTest(false),
  regextype: (context, name) => {
    const type = context.take(name);
    if (!REGEX_TYPES.includes(type)) {
      const quote = (text: string): string => quoteLocale(context.process, text);
      throw new FindError(
        `Unknown regular expression type ${quote(type)}; valid types are ${REGEX_TYPES.map(quote).join(', ')}.`,
      );
    }
    context.settings.regexType = type;
    return always;
  },
  samefile: (context, name) => {
    const file = context.take(name);
    const { value, error } = attempt(() => context.process.stat(file));
    if (error !== undefined) throw new FindError(`${quoteLocale(context.process, file)}: ${error.message}`);
    return ({ stat }) => stat.ino === value.ino && stat.dev === value.dev;
  },
  size: sizeTest,
  true: () => always,
  type: (context, name) => {
    const kinds = readKinds(name, context.take(name));
    return ({ stat }) => kinds.has(stat.kind);
  },
  uid: statTest((stat) => stat.uid),
  user: ownerTest('user'),
  warn: setting(() => {}),
  wholename: pathTest(false),
  writable: accessTest(2),
  xdev: setting((settings) => {
    settings.oneFileSystem = true;
  }),
  xtype: (context, name) => {
    const kinds = readKinds(name, context.take(name));
    return ({ path, stat }) => {
      const followed =
        context.settings.links === 'always' ? context.process.tryLstat(path) : context.process.tryStat(path);
      return kinds.has((followed ?? stat).kind);
    };
  },
};
