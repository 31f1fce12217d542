// @text, @json, @csv and the others.

import { isArray, JqError, type Json, typeOf } from './json.ts';
import { jsonText, shortText } from './json-text.ts';

export const toText = (value: Json): string => (typeof value === 'string' ? value : jsonText(value));

const row = (value: Json, name: string, cell: (item: Json) => string, separator: string): string => {
  if (!isArray(value))
    throw new JqError(`${typeOf(value)} (${shortText(value)}) cannot be ${name}-formatted, only array`);
  return value.map(cell).join(separator);
};

const refuse = (value: Json, where: string): never => {
  throw new JqError(`${typeOf(value)} (${shortText(value)}) ${where}`);
};

const csvCell = (item: Json): string => {
  if (item === null) return '';
  if (typeof item === 'string') return `"${item.replaceAll('"', '""')}"`;
  return typeof item === 'object' ? refuse(item, 'is not valid in a csv row') : jsonText(item);
};

const TAB_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const tsvCell = (item: Json): string => {
  if (item === null) return '';
  if (typeof item === 'string') return item.replace(/[\\\t\n\r]/g, (one) => TAB_ESCAPES[one] ?? one);
  return typeof item === 'object' ? refuse(item, 'is not valid in a csv row') : jsonText(item);
};

const shellWord = (item: Json): string => {
  if (typeof item === 'string') return `'${item.replaceAll("'", "'\\''")}'`;
  return item !== null && typeof item === 'object'
    ? refuse(item, 'can not be escaped for shell')
    : jsonText(item);
};

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

const decodeBase64 = (text: string, value: Json): string => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 && /[^=\s]/.test(text)) refuse(value, 'is not valid base64 data');
  return bytes.toString('utf8');
};

type Format = (value: Json) => string;

export const formats: Readonly<Record<string, Format>> = {
  '@text': toText,
  '@json': (value) => jsonText(value),
  '@csv': (value) => row(value, 'csv', csvCell, ','),
  '@tsv': (value) => row(value, 'tsv', tsvCell, '\t'),
  '@html': (value) => toText(value).replace(/[<>&'"]/g, (one) => HTML[one] ?? one),
  '@uri': (value) =>
    Buffer.from(toText(value), 'utf8').reduce(
      (text, byte) =>
        text +
        (/[A-Za-z0-9\-_.~]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`),
      '',
    ),
  '@sh': (value) => (isArray(value) ? value : [value]).map(shellWord).join(' '),
  '@base64': (value) => Buffer.from(toText(value), 'utf8').toString('base64'),
  '@base64d': (value) => decodeBase64(toText(value), value),
};
