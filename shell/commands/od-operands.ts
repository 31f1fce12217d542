// od's operands of old: [FILE] [[+]OFFSET[b] [[+]LABEL[b]]], in octal, or in hexadecimal behind 0x.

export interface OldOperands {
  readonly names: readonly string[];
  readonly skip?: number;
  readonly label?: number;
  /** An operand that --traditional has no place for. */
  readonly extra?: string;
}

const offsetOf = (text: string | undefined): number | undefined => {
  const match = /^\+?(?:0x([\da-f]+)|([0-7]+))([bB]?)$/i.exec(text ?? '');
  if (!match) return undefined;
  const [, hex, octal = '', unit = ''] = match;
  const number = hex === undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex, 16);
  return number * (unit === 'b' ? 512 : unit === 'B' ? 1024 : 1);
};

/** What of the operands is a place; without --traditional only what POSIX allows, and nothing with modern options. */
export const oldOperands = (names: readonly string[], traditional: boolean, modern: boolean): OldOperands => {
  if (modern && !traditional) return { names };
  const placed = placesOf(names, traditional);
  return traditional && placed.names[1] !== undefined ? { names, extra: placed.names[1] } : placed;
};

const placesOf = (names: readonly string[], traditional: boolean): OldOperands => {
  const [first, second, third] = names.map(offsetOf);
  if (names.length === 1) {
    const counts = traditional || names[0]?.startsWith('+');
    return counts && first !== undefined ? { names: [], skip: first } : { names };
  }
  if (names.length === 2) {
    const counts = traditional || /^[+\d]/.test(names[1] as string);
    if (!counts || second === undefined) return { names };
    if (traditional && first !== undefined) return { names: [], skip: first, label: second };
    return { names: names.slice(0, 1), skip: second };
  }
  if (names.length === 3 && traditional && second !== undefined && third !== undefined)
    return { names: names.slice(0, 1), skip: second, label: third };
  return { names };
};
