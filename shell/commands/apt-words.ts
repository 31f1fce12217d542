// How apt lists names of packages.

/** Names in lines of at most 79 columns, indented by two. */
export const nameLines = (names: readonly string[]): string => {
  const lines: string[] = [];
  let line = ' ';
  for (const name of [...names].sort()) {
    if (line.length + 1 + name.length > 79) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name}`;
  }
  return [...lines, line].map((one) => `${one}\n`).join('');
};
