// JSON as Go's encoding/json writes it: no spaces, and <, >, & and the line separators escaped inside strings.

const escapes: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
  // Go has short forms for \n, \r and \t only.
  '\\b': '\\u0008',
  '\\f': '\\u000c',
};

/** Keys keep their order; image IDs are digests of these bytes. */
export const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]|\\./g, (found) => escapes[found] ?? found);
