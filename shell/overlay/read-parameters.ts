// The parameters of a mount, read one after another: each is refused, or takes effect, before the next one is seen.
// Kernel: fs/overlayfs/params.c, ovl_parse_param; fs/fs_context.c, vfs_parse_fs_param.

import { fail } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { addLayer, setLowers, setUpper, setWork, splitUnescaped } from './layer-parameters.ts';
import type { Parameters } from './parameters.ts';

/** Linux: mount(2) hands over one page of options; what is beyond is lost. */
const PAGE = 4096;

const choices = {
  redirect_dir: ['on', 'off', 'follow', 'nofollow'],
  index: ['on', 'off'],
  metacopy: ['on', 'off'],
  nfs_export: ['on', 'off'],
  xino: ['on', 'off', 'auto'],
  uuid: ['on', 'off', 'null', 'auto'],
  verity: ['on', 'off', 'require'],
  fsync: ['volatile', 'strict', 'auto'],
} as const satisfies Record<string, readonly string[]>;

const flags = ['volatile', 'userxattr', 'default_permissions', 'override_creds', 'nooverride_creds'];

const directories: Readonly<Record<string, (parameters: Parameters, value: string) => void>> = {
  lowerdir: setLowers,
  'lowerdir+': (parameters, value) => addLayer(parameters, 'lowerdir+', value),
  'datadir+': (parameters, value) => addLayer(parameters, 'datadir+', value),
  upperdir: setUpper,
  workdir: setWork,
};

/** Flags of any filesystem, and the words that take them back (vfs_parse_sb_flag). */
const commonFlags = ['ro', 'sync', 'dirsync', 'mand', 'lazytime'];
const opposites: Readonly<Record<string, string>> = {
  rw: 'ro',
  async: 'sync',
  nomand: 'mand',
  nolazytime: 'lazytime',
};

/** Reads the option string of mount(2). EINVAL for what the kernel refuses, with its line in the log. */
export const readParameters = (process: Process, text: string, log: (line: string) => void): Parameters => {
  const parameters: Parameters = {
    process,
    log,
    values: new Map(),
    lowers: [],
    data: [],
    upper: undefined,
    work: undefined,
    written: { lowers: [], upper: '', work: '' },
    common: new Set(),
  };
  for (const part of splitUnescaped(text.slice(0, PAGE - 1), ',')) readParameter(parameters, part);
  return parameters;
};

const readParameter = (parameters: Parameters, part: string): void => {
  const equals = part.indexOf('=');
  if (part === '' || equals === 0) return;
  const key = equals < 0 ? part : part.slice(0, equals);
  const value = equals < 0 ? undefined : part.slice(equals + 1);
  const { common } = parameters;
  const opposite = opposites[key];
  if (commonFlags.includes(key)) common.add(key);
  else if (opposite !== undefined) common.delete(opposite);
  else setParameter(parameters, key, value);
};

const setParameter = (parameters: Parameters, key: string, value: string | undefined): void => {
  const { log, values } = parameters;
  const refuse = (line: string): never => {
    log(line);
    return fail('EINVAL');
  };
  if (key in choices) {
    const allowed: readonly string[] = choices[key as keyof typeof choices];
    if (value === undefined || !allowed.includes(value)) refuse(`overlay: Bad value for '${key}'`);
    else values.set(key, value);
  } else if (flags.includes(key)) {
    if (value !== undefined) refuse(`overlay: Unexpected value for '${key}'`);
    // 'volatile' is an older word for one of the choices.
    if (key === 'volatile') values.set('fsync', key);
    else values.set(key, '');
  } else if (key in directories) {
    if (value === undefined || (value === '' && key !== 'lowerdir'))
      refuse(`overlay: Bad value for '${key}'`);
    else directories[key]?.(parameters, value);
  } else if (key === 'source') refuse('Multiple sources');
  else refuse(`overlay: Unknown parameter '${key}'`);
};
