// The attribute security.capability of a program: struct vfs_cap_data of include/uapi/linux/capability.h, little-endian.

import { CAP_SETFCAP } from './capability.ts';
import type { FileCapabilities } from './credential-changes.ts';
import { type Cred, needCapability } from './credentials.ts';
import { fail } from './errno.ts';

export const CAPABILITY_ATTRIBUTE = 'security.capability';

/** Revision → the attribute's length. The first word is the revision, and in its lowest bit whether they are effective. */
const LENGTHS: Readonly<Record<number, number>> = { 33554432: 20, 50331648: 24 };
const EFFECTIVE = 1;

/** Undefined for what is no such value. */
export const readFileCapabilities = (value: Uint8Array): FileCapabilities | undefined => {
  if (value.length < 4) return undefined;
  const words = new DataView(value.buffer, value.byteOffset, value.length);
  const first = words.getUint32(0, true);
  if (LENGTHS[first & ~EFFECTIVE] !== value.length) return undefined;
  const set = (low: number, high: number): number =>
    words.getUint32(high, true) * 2 ** 32 + words.getUint32(low, true);
  return { effective: (first & EFFECTIVE) !== 0, permitted: set(4, 12), inheritable: set(8, 16) };
};

/** The value of revision 2. */
export const fileCapabilities = ({ permitted, inheritable, effective }: FileCapabilities): Uint8Array => {
  const value = new Uint8Array(20);
  const words = new DataView(value.buffer);
  const halves = [permitted, inheritable];
  words.setUint32(0, 0x2000000 + (effective ? EFFECTIVE : 0), true);
  for (const [at, set] of halves.entries()) {
    words.setUint32(4 + at * 4, set % 2 ** 32, true);
    words.setUint32(12 + at * 4, Math.floor(set / 2 ** 32), true);
  }
  return value;
};

/** EINVAL for what is no such value, EPERM for who may not set it (cap_convert_nscap). */
export const checkFileCapabilities = (value: Uint8Array, cred: Cred): void => {
  if (readFileCapabilities(value) === undefined) fail('EINVAL');
  needCapability(cred, CAP_SETFCAP);
};
