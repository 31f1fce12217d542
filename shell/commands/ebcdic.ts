// ASCII and EBCDIC, as POSIX has them for dd's conversions ascii, ebcdic and ibm.

/** The EBCDIC byte for each ASCII byte. */
const FROM_ASCII = Buffer.from(
  [
    '00010203372d2e2f1605250b0c0d0e0f101112133c3d322618193f271c1d1e1f',
    '405a7f7b5b6c507d4d5d5c4e6b604b61f0f1f2f3f4f5f6f7f8f97a5e4c7e6e6f',
    '7cc1c2c3c4c5c6c7c8c9d1d2d3d4d5d6d7d8d9e2e3e4e5e6e7e8e9ade0bd9a6d',
    '79818283848586878889919293949596979899a2a3a4a5a6a7a8a9c04fd05f07',
    '202122232415061728292a2b2c090a1b30311a333435360838393a3b04143ee1',
    '4142434445464748495152535455565758596263646566676869707172737475',
    '767778808a8b8c8d8e8f906a9b9c9d9e9fa0aaabac4aaeafb0b1b2b3b4b5b6b7',
    'b8b9babbbca1bebfcacbcccdcecfdadbdcdddedfeaebecedeeeffafbfcfdfeff',
  ].join(''),
  'hex',
);

/** Where IBM's variant has another byte. */
const IBM: readonly (readonly [number, number])[] = [
  [0x5e, 0x5f],
  [0x7e, 0xa1],
  [0xcb, 0x9a],
  [0xd5, 0xad],
  [0xe5, 0xbd],
];

const inverse = (table: Uint8Array): Uint8Array => {
  const turned = new Uint8Array(256);
  for (const [from, to] of table.entries()) turned[to] = from;
  return turned;
};

/** Tables of 256 bytes, by conversion. */
export const charsets: Readonly<Record<'ascii' | 'ebcdic' | 'ibm', Uint8Array>> = {
  ascii: inverse(FROM_ASCII),
  ebcdic: FROM_ASCII,
  ibm: Uint8Array.from(FROM_ASCII, (byte, at) => IBM.find(([from]) => from === at)?.[1] ?? byte),
};
