// dash knows the backslash escapes that POSIX has, for echo and printf alike.

/** The text with the escapes that others have made literal. */
export const withFewEscapes = (text: string): string =>
  text.replace(/\\(.)/gs, (escape, letter) => ('xeuUE'.includes(letter) ? `\\${escape}` : escape));
