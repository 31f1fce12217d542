// The parameters that name directories: lowerdir=a:b::data for all lower layers at once, lowerdir+= and datadir+= for
// one more, upperdir= and workdir=.
// Kernel: fs/overlayfs/params.c, ovl_parse_param_lowerdir, ovl_parse_layer; overlayfs.rst, "Data-only lower layers".

import { fail } from '../fs/errno.ts';
import { isReadOnly } from '../fs/mount.ts';
import { type NamedDirectory, resolve } from './named-directory.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';
import type { Parameters } from './parameters.ts';

/** Linux: OVL_MAX_STACK. */
const MAX_LOWERS = 500;

/** Splits at a separator that no backslash stands before. */
export const splitUnescaped = (text: string, separator: string): string[] => {
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

const unescapePath = (path: string): string => path.replace(/\\(.)/g, '$1');

const refuse = ({ log }: Parameters, line: string): never => {
  log(line);
  return fail('EINVAL');
};

/** 'a:b' are layers, top first; after '::' come layers of data only. They replace those named before. */
export const setLowers = (parameters: Parameters, text: string): void => {
  parameters.lowers = [];
  parameters.data = [];
  parameters.written.lowers = [];
  if (text === '') return;
  const parts = splitUnescaped(text, ':');
  checkColons(parameters, parts);
  const count = parts.filter((part) => part !== '').length;
  if (count > MAX_LOWERS) refuse(parameters, `overlayfs: too many lower directories, limit is ${MAX_LOWERS}`);
  for (const [at, part] of parts.entries()) {
    if (part === '') continue;
    const isData = parts[at - 1] === '';
    if (!isData && parameters.data.length > 0)
      refuse(parameters, 'overlayfs: regular lower layers cannot follow data lower layers');
    (isData ? parameters.data : parameters.lowers).push(found(parameters, unescapePath(part)));
  }
  parameters.written.lowers = [['lowerdir', text]];
};

/** Colons stand between layers, one or two of them. */
const checkColons = (parameters: Parameters, parts: readonly string[]): void => {
  if (parts[0] === '') refuse(parameters, 'overlayfs: cannot append lower layer');
  const isTriple = parts.some((part, at) => part === '' && parts[at + 1] === '' && at + 2 < parts.length);
  if (isTriple) {
    const allowed = "only single ':' or double '::' sequences of unescaped colons";
    refuse(parameters, `overlayfs: ${allowed} in lowerdir mount option allowed.`);
  }
  if (parts.at(-1) === '')
    refuse(parameters, 'overlayfs: unescaped trailing colons in lowerdir mount option.');
};

/** One more layer below those that are named already; its name is taken as it is. */
export const addLayer = (parameters: Parameters, name: 'lowerdir+' | 'datadir+', path: string): void => {
  const { lowers, data, written } = parameters;
  const layer = found(parameters, path);
  if (written.lowers.some(([known]) => known === 'lowerdir'))
    refuse(parameters, 'overlay: lowerdir+ and datadir+ cannot follow lowerdir');
  if (name === 'lowerdir+' && data.length > 0)
    refuse(parameters, 'overlay: regular lower layers cannot follow data layers');
  // A page of options has no room for more of them than OVL_MAX_STACK allows.
  (name === 'datadir+' ? data : lowers).push(layer);
  written.lowers.push([name, path]);
};

export const setUpper = (parameters: Parameters, path: string): void => {
  parameters.upper = writable(parameters, path);
  parameters.written.upper = path;
};

export const setWork = (parameters: Parameters, path: string): void => {
  parameters.work = writable(parameters, path);
  parameters.written.work = path;
};

const found = ({ process, log }: Parameters, path: string): NamedDirectory => resolve(process, path, log);

const writable = (parameters: Parameters, path: string): NamedDirectory => {
  const directory = found(parameters, unescapePath(path));
  const { mount } = directory.spot;
  if (mount.fs instanceof OverlayFilesystem)
    refuse(parameters, `overlay: filesystem on ${directory.named} not supported as upperdir`);
  if (isReadOnly(mount)) refuse(parameters, `overlay: filesystem on ${directory.named} is read-only`);
  return directory;
};
