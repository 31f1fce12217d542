// /dev/fd/N, /dev/stdin and kin, where descriptor N is no file on a disk.

import type { OpenFile } from '../open-file.ts';
import type { Process } from '../process.ts';

const OWN_DESCRIPTOR = /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$|^\/dev\/(stdin|stdout|stderr)$/;
const D = 100;
const P = 112;
const standard: Readonly<Record<string, number>> = { stdin: 0, stdout: 1, stderr: 2 };

/**
 * What /dev/fd/N means when descriptor N is no file on a disk: the same pipe or terminal (proc(5)). Linux opens it
 * anew there; here the description is shared, which shows only in its flags.
 */
export const ownDescriptor = (process: Process, path: string): OpenFile | undefined => {
  // '/dev/' or '/proc/': every path is asked, and hardly any is one of them.
  const letter = path.charCodeAt(1);
  if (letter !== D && letter !== P) return undefined;
  const found = OWN_DESCRIPTOR.exec(path);
  if (found === null) return undefined;
  const file = process.fds.get(found[1] === undefined ? (standard[found[2] ?? ''] ?? -1) : Number(found[1]));
  return file?.spot === undefined ? file : undefined;
};
