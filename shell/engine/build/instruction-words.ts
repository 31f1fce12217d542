// Second half of the Dockerfile parser: an instruction line in words, by the rules of its kind.

import { DockerfileSyntaxError } from './dockerfile-lines.ts';
import type { Heredoc } from './heredoc.ts';

export interface InstructionWords {
  /** In capitals. */
  readonly name: string;
  /** Leading `--flag=value` words, dashes included. */
  readonly flags: readonly string[];
  readonly args: readonly string[];
  /** The arguments came as a JSON array. */
  readonly json: boolean;
  /** The line as it stands in the Dockerfile. */
  readonly original: string;
  readonly heredocs: readonly Heredoc[];
}

type Split = (rest: string, escapeToken: string, name: string) => { args: readonly string[]; json?: boolean };

/** Throws DockerfileSyntaxError. */
export const instructionWords = (
  text: string,
  escapeToken: string,
  heredocs: readonly Heredoc[] = [],
): InstructionWords => {
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const name = word.toUpperCase();
  const { flags, tail } = leadingFlags(rest, escapeToken);
  const split = splits[name] ?? oneString;
  const { args, json = false } = split(tail.trim(), escapeToken, name);
  return { name, flags, args, json, original: text, heredocs };
};

const leadingFlags = (rest: string, escapeToken: string): { flags: string[]; tail: string } => {
  const flags: string[] = [];
  let tail = rest;
  for (;;) {
    const [, word, more = ''] = /^(--\S*)\s*([\s\S]*)$/.exec(tail) ?? [];
    if (word === undefined) return { flags, tail };
    if (word === '--') return { flags, tail: more };
    const [flag = word] = quotedWords(tail, escapeToken);
    flags.push(flag.replace(/(["'])(.*?)\1/g, '$2'));
    tail = tail.slice(flag.length).trimStart();
  }
};

/** Words as they are written: quotes and escapes stay, but protect white space. */
const quotedWords = (text: string, escapeToken: string): string[] => {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  const letters = [...text];
  for (let at = 0; at < letters.length; at += 1) {
    let letter = letters[at] as string;
    if (quote === '' && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    if (letter === escapeToken && quote !== "'") {
      if (at + 1 === letters.length) break;
      at += 1;
      letter += letters[at] as string;
    } else if (quote === '' && (letter === '"' || letter === "'")) {
      quote = letter;
    } else if (letter === quote) {
      quote = '';
    }
    word = (word ?? '') + letter;
  }
  if (word !== undefined) words.push(word);
  return words;
};

const oneString: Split = (rest) => ({ args: rest === '' ? [] : [rest] });
const spaced: Split = (rest) => ({ args: rest === '' ? [] : rest.split(/[\t\v\f\r ]+/) });

/** undefined: no JSON array at all. Like Go's decoder, it stops reading after the array. */
const jsonArray = (rest: string): string[] | undefined => {
  if (!rest.startsWith('[')) return undefined;
  for (let end = rest.indexOf(']'); end !== -1; end = rest.indexOf(']', end + 1)) {
    let value: unknown;
    try {
      value = JSON.parse(rest.slice(0, end + 1));
    } catch {
      continue;
    }
    if (!Array.isArray(value)) return undefined;
    if (!value.every((item) => typeof item === 'string')) {
      throw new DockerfileSyntaxError(NOT_STRINGS);
    }
    return value;
  }
  return undefined;
};
const NOT_STRINGS = 'when using JSON array syntax, arrays must be comprised of strings only';

const jsonOr =
  (other: Split): Split =>
  (rest, escapeToken, name) => {
    const args = jsonArray(rest);
    return args ? { args, json: true } : other(rest, escapeToken, name);
  };

/** `A=b C=d` or the old `A b c`; args are name, value, name, value. */
const nameValues: Split = (rest, escapeToken, name) => {
  const words = quotedWords(rest, escapeToken);
  if (words.length === 0) return { args: [] };
  if (!words[0]?.includes('=')) {
    const [, key, value] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
    if (key === undefined || value === undefined)
      throw new DockerfileSyntaxError(`${name} must have two arguments`);
    return { args: [key, value] };
  }
  return { args: words.flatMap((word) => pair(word)) };
};

const pair = (word: string): [string, string] => {
  const equals = word.indexOf('=');
  if (equals === -1) {
    throw new DockerfileSyntaxError(
      `Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
    );
  }
  return [word.slice(0, equals), word.slice(equals + 1)];
};

const health: Split = (rest, escapeToken, name) => {
  const [, type, tail = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (type === undefined) return { args: [] };
  const { args, json } = jsonOr(oneString)(tail, escapeToken, name);
  return { args: [type, ...args], json };
};

const splits: Readonly<Record<string, Split>> = {
  ADD: jsonOr(spaced),
  ARG: (rest, escapeToken) => ({ args: quotedWords(rest, escapeToken) }),
  CMD: jsonOr(oneString),
  COPY: jsonOr(spaced),
  ENTRYPOINT: jsonOr(oneString),
  ENV: nameValues,
  EXPOSE: spaced,
  FROM: spaced,
  HEALTHCHECK: health,
  LABEL: nameValues,
  ONBUILD: oneString,
  RUN: jsonOr(oneString),
  SHELL: jsonOr(oneString),
  VOLUME: jsonOr(spaced),
};
