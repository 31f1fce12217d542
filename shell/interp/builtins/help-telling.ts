// How a topic of `help` is told, in own words, and sentences that many share.

/** A summary in a line; paragraphs and options (`-x  text`); what the status tells. */
export type Telling = readonly [summary: string, text: string, status?: string];

export const LISTED = 'Zero, unless an option is unknown or a name is none.';
export const LAST = 'That of the last command that ran.';
