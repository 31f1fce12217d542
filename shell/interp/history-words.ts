// A line of the history in words, as `!$` and M-. count them: shell words and operators, with their quotes.

const OPERATOR = /^(?:\d*(?:<<<|<<-?|>>|<>|[<>]&(?:\d+|-)?|>\||[<>])|&>>?|&&|\|\||;;&?|[|&;()\n])/;
const WORD = /^(?:\\[\s\S]|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|[^\s\\'";|&<>()])+/;

export function historyWords(line: string): string[] {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== '') {
    const [found] = OPERATOR.exec(rest) ?? WORD.exec(rest) ?? [rest[0] as string];
    words.push(found);
    rest = rest.slice(found.length).trimStart();
  }
  return words;
}
