// st_dev and st_rdev as one number, packed as the C library packs it (makedev(3)).

import { major, minor } from '../fs/mode.ts';

export const deviceNumberOf = (device: number): number => {
  const [high, low] = [major(device), minor(device)];
  return (low & 0xff) + ((high & 0xfff) << 8) + (low >>> 8) * 0x100000;
};
