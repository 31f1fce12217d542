// The mount options of an overlay, and which of them go together.
// Kernel: fs/overlayfs/params.c; overlayfs.rst, "Upper and Lower", "Multiple lower layers", "Permission model".

import { fail } from '../fs/errno.ts';
import { type OwnPrefix, TRUSTED, USER } from './xattr.ts';

type RedirectDir = 'on' | 'follow' | 'nofollow';

export interface OverlayOptions {
  /** As written, top first; empty when there was none. */
  readonly lowerdir: readonly string[];
  /** Layers after '::': they give data to metacopies and show no names. */
  readonly datadir: readonly string[];
  readonly upperdir: string | undefined;
  readonly workdir: string | undefined;
  /** The directories as they were written, backslashes and all. */
  readonly written: Readonly<Record<'lowerdir' | 'upperdir' | 'workdir', string | undefined>>;
  readonly redirectDir: RedirectDir;
  readonly index: boolean;
  readonly metacopy: boolean;
  readonly volatile: boolean;
  readonly userxattr: boolean;
  readonly nfsExport: boolean;
  readonly xino: 'on' | 'off' | 'auto';
  readonly uuid: 'on' | 'off' | 'null' | 'auto';
  readonly defaultPermissions: boolean;
  readonly verity: 'on' | 'off' | 'require';
  readonly prefix: OwnPrefix;
}

/** Linux: mount(2) hands over one page of options; what is beyond is lost. */
const PAGE = 4096;
/** Linux: OVL_MAX_STACK. */
const MAX_LOWERS = 500;

type Raw = Map<string, string | undefined>;

const choices = {
  redirect_dir: ['on', 'off', 'follow', 'nofollow'],
  index: ['on', 'off'],
  metacopy: ['on', 'off'],
  nfs_export: ['on', 'off'],
  xino: ['on', 'off', 'auto'],
  uuid: ['on', 'off', 'null', 'auto'],
  verity: ['on', 'off', 'require'],
} as const satisfies Record<string, readonly string[]>;

const flags = ['volatile', 'userxattr', 'default_permissions', 'override_creds', 'nooverride_creds'];
const directories = ['lowerdir', 'upperdir', 'workdir'];

/** Reads the option string of mount(2). EINVAL for what the kernel refuses, with its line in the log. */
export const parseOptions = (text: string, log: (line: string) => void): OverlayOptions => {
  const raw = splitOptions(text.slice(0, PAGE - 1), log);
  const { lowers, data } = splitLowers(raw.get('lowerdir') ?? '', log);
  const userxattr = raw.has('userxattr');
  const upperdir = unescaped(raw.get('upperdir'));
  const metacopy = raw.get('metacopy') === 'on';
  const wanted = raw.get('redirect_dir') ?? (userxattr ? 'nofollow' : metacopy ? 'on' : 'off');
  checkConflicts(raw, wanted, log);
  const isVolatile = raw.has('volatile');
  if (isVolatile && upperdir === undefined) {
    log('overlayfs: option "volatile" is meaningless in a non-upper mount, ignoring it.');
  }
  if (upperdir === undefined && raw.has('workdir')) {
    log(`overlayfs: option "workdir=${raw.get('workdir')}" is useless in a non-upper mount, ignore`);
  }
  if (upperdir === undefined && raw.get('index') === 'on') {
    log('overlayfs: option "index=on" is useless in a non-upper mount, ignore');
  }
  const nfsExport = settleExport(raw, upperdir !== undefined || wanted === 'nofollow', log);
  return {
    lowerdir: lowers,
    datadir: data,
    upperdir,
    workdir: unescaped(raw.get('workdir')),
    written: { lowerdir: raw.get('lowerdir'), upperdir: raw.get('upperdir'), workdir: raw.get('workdir') },
    redirectDir: redirectOf(wanted, upperdir !== undefined),
    index: upperdir !== undefined && (raw.get('index') === 'on' || nfsExport),
    metacopy,
    volatile: isVolatile && upperdir !== undefined,
    userxattr,
    nfsExport,
    xino: (raw.get('xino') ?? 'off') as 'on' | 'off' | 'auto',
    uuid: (raw.get('uuid') ?? 'auto') as 'on' | 'off' | 'null' | 'auto',
    defaultPermissions: raw.has('default_permissions'),
    verity: (raw.get('verity') ?? 'off') as 'on' | 'off' | 'require',
    prefix: userxattr ? USER : TRUSTED,
  };
};

/** nfs_export=on wants an index, and without an upper layer no redirects, or it is off. */
const settleExport = (raw: Raw, possible: boolean, log: (line: string) => void): boolean => {
  const wanted = raw.get('nfs_export') === 'on';
  if (wanted && !possible)
    log(
      'overlayfs: NFS export requires "redirect_dir=nofollow" on non-upper mount, falling back to nfs_export=off.',
    );
  return wanted && possible;
};

/** off means follow: the module parameter redirect_always_follow is Y. Without an upper layer that is the same as on. */
const redirectOf = (wanted: string, upper: boolean): RedirectDir => {
  if (wanted === 'on' || wanted === 'nofollow') return wanted;
  return upper ? 'follow' : 'on';
};

/** Whether layers may be changed while they are not mounted: new directories are then not marked opaque. */
export const allowsOfflineChanges = (options: OverlayOptions): boolean =>
  !options.index && !options.metacopy && options.redirectDir !== 'on' && options.xino !== 'on';

const splitOptions = (text: string, log: (line: string) => void): Raw => {
  const raw: Raw = new Map();
  for (const part of splitAt(text, ',')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? undefined : part.slice(equals + 1);
    checkOption(key, value, log);
    raw.set(key, value);
  }
  return raw;
};

const checkOption = (key: string, value: string | undefined, log: (line: string) => void): void => {
  if (key in choices) {
    const allowed: readonly string[] = choices[key as keyof typeof choices];
    if (value !== undefined && allowed.includes(value)) return;
    log(`overlay: Bad value for '${key}'`);
    fail('EINVAL');
  }
  if (flags.includes(key) || directories.includes(key)) return;
  log(`overlay: Unknown parameter '${key}'`);
  fail('EINVAL');
};

/** Splits at a separator that no backslash stands before. */
const splitAt = (text: string, separator: string): string[] => {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && at + 1 < text.length) {
      part += text.slice(at, at + 2);
      at++;
    } else if (text[at] === separator) {
      parts.push(part);
      part = '';
    } else {
      part += text[at];
    }
  }
  return [...parts, part];
};

const unescaped = (path: string | undefined): string | undefined => path && unescapePath(path);

const unescapePath = (path: string): string => path.replace(/\\(.)/g, '$1');

/** 'a:b' are layers, top first; after '::' come layers of data only (ovl_parse_param_lowerdir). */
const splitLowers = (text: string, log: (line: string) => void): { lowers: string[]; data: string[] } => {
  const lowers: string[] = [];
  const data: string[] = [];
  if (text === '') return { lowers, data };
  const parts = splitAt(text, ':');
  checkColons(parts, log);
  let isData = false;
  for (const [at, part] of parts.entries()) {
    if (part === '') isData = true;
    else if (!isData) lowers.push(unescapePath(part));
    else if (parts[at - 1] === '') data.push(unescapePath(part));
    else refuse('regular lower layers cannot follow data lower layers', log);
  }
  if (lowers.length + data.length > MAX_LOWERS)
    refuse(`too many lower directories, limit is ${MAX_LOWERS}`, log);
  return { lowers, data };
};

/** Colons stand between layers, one or two of them. */
const checkColons = (parts: readonly string[], log: (line: string) => void): void => {
  if (parts[0] === '') refuse('cannot append lower layer', log);
  if (parts.some((part, at) => part === '' && parts[at + 1] === '')) {
    refuse(
      "only single ':' or double '::' sequences of unescaped colons in lowerdir mount option allowed.",
      log,
    );
  }
  if (parts.at(-1) === '') refuse('unescaped trailing colons in lowerdir mount option.', log);
};

const refuse = (reason: string, log: (line: string) => void): never => {
  log(`overlayfs: ${reason}`);
  return fail('EINVAL');
};

/** ovl_fs_params_verify: what cannot go together. */
const checkConflicts = (raw: Raw, redirect: string, log: (line: string) => void): void => {
  const metacopy = raw.get('metacopy') === 'on';
  const shown = redirect === 'off' ? 'follow' : redirect;
  if (metacopy && redirect !== 'on' && !raw.has('userxattr')) {
    refuse(`conflicting options: metacopy=on,redirect_dir=${shown}`, log);
  }
  if (raw.has('userxattr') && raw.has('redirect_dir') && redirect !== 'nofollow') {
    refuse(`conflicting options: userxattr,redirect_dir=${shown}`, log);
  }
  if (raw.has('userxattr') && metacopy) refuse('conflicting options: userxattr,metacopy=on', log);
  if (raw.get('nfs_export') === 'on' && raw.get('index') === 'off') {
    refuse('conflicting options: nfs_export=on,index=off', log);
  }
  if (raw.get('nfs_export') === 'on' && metacopy) {
    refuse('conflicting options: nfs_export=on,metacopy=on', log);
  }
};
