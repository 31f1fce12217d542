// The little of nginx's configuration language that matters here: comments, directives, braces.

/** The value of a directive at the top level or anywhere: `pid /run/nginx.pid;`. */
export const findDirective = (config: string, name: string): string | undefined =>
  new RegExp(`^[ \\t]*${name}[ \\t]+([^;{]+);`, 'm').exec(withoutComments(config))?.[1]?.trim();

/** What is wrong with the braces and semicolons, in nginx's words; undefined when they are right. */
export const findBraces = (config: string, file: string): string | undefined => {
  const text = withoutComments(config);
  let depth = 0;
  let line = 1;
  let statement = '';
  let quote = '';
  for (const character of text) {
    if (character === '\n') line++;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{' || character === ';') {
      if (statement.trim() === '') return `unexpected "${character}" in ${file}:${line}`;
      if (character === '{') depth++;
      statement = '';
      continue;
    } else if (character === '}') {
      if (statement.trim() !== '' || --depth < 0) return `unexpected "}" in ${file}:${line}`;
      continue;
    }
    statement += character;
  }
  if (statement.trim() !== '') return `unexpected end of file, expecting ";" or "}" in ${file}:${line}`;
  return depth > 0 ? `unexpected end of file, expecting "}" in ${file}:${line}` : undefined;
};

const withoutComments = (config: string): string => config.replace(/(^|[\s;{}])#.*$/gm, '$1');
