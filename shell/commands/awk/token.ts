// The words of an awk program.

export type TokenKind =
  | 'number'
  | 'string'
  | 'regex'
  | 'name'
  /** A name with its `(` right behind it. */
  | 'call'
  | 'builtin'
  | 'keyword'
  | 'mark'
  | 'newline'
  | 'end';

/** Where in the program something stands, for messages. */
export interface Place {
  readonly line: number;
  /** From 0. */
  readonly column: number;
  /** The whole line. */
  readonly text: string;
  /** The word that stands there; empty at the end. */
  readonly near: string;
}

export interface Token {
  readonly kind: TokenKind;
  /** A mark or a word as it is written; a string's or regular expression's content. */
  readonly text: string;
  readonly value: number;
  readonly place: Place;
}

export const KEYWORDS: ReadonlySet<string> = new Set([
  'BEGIN',
  'END',
  'break',
  'continue',
  'delete',
  'do',
  'else',
  'exit',
  'for',
  'function',
  'getline',
  'if',
  'in',
  'next',
  'nextfile',
  'print',
  'printf',
  'return',
  'while',
]);

/** gawk's. */
export const MORE_KEYWORDS: ReadonlySet<string> = new Set([
  'BEGINFILE',
  'ENDFILE',
  'case',
  'default',
  'func',
  'switch',
]);
