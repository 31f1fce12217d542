// Sizes as btrfs-progs writes them: 4.00KiB, 600.00MiB.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export const binarySize = (bytes: number): string => {
  let value = bytes;
  let power = 0;
  while (value >= 1024 && power < UNITS.length - 1) {
    value /= 1024;
    power++;
  }
  return `${value.toFixed(2)}${UNITS[power]}`;
};
