// /etc/docker/daemon.json: what dockerd is told besides its flags.

import type { Process } from '../fs/process.ts';
import { refuse } from './engine-error.ts';
import { readText, writeFile } from './files.ts';

const DAEMON_FILE = '/etc/docker/daemon.json';

/** The directives that mean something here. */
export interface DaemonFile {
  readonly 'storage-driver'?: string;
  readonly features?: { readonly buildkit?: unknown } | null;
}

export const writeDaemonFile = (process: Process, file: DaemonFile): void =>
  writeFile(process, DAEMON_FILE, `${JSON.stringify(file, null, 2)}\n`);

/** No file is an empty one. Throws daemon-file. */
export const readDaemonFile = (process: Process): DaemonFile => {
  const text = readText(process, DAEMON_FILE) ?? '';
  if (text.trim() === '') return {};
  const document = parse(text);
  const wrong = typeof document !== 'object' || document === null || Array.isArray(document);
  if (wrong)
    return refuse(
      'daemon-file',
      `json: cannot unmarshal ${goKind(document)} into Go value of type map[string]interface {}`,
    );
  const driver = (document as Record<string, unknown>)['storage-driver'];
  if (driver !== undefined && typeof driver !== 'string')
    refuse(
      'daemon-file',
      `json: cannot unmarshal ${goKind(driver)} into Go struct field Config.storage-driver of type string`,
    );
  return document as DaemonFile;
};

const goKind = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : value === null || typeof value === 'object'
      ? 'object'
      : (goNames[typeof value] ?? 'number');

const goNames: Readonly<Record<string, string>> = { string: 'string', boolean: 'bool', number: 'number' };

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse('daemon-file', goSyntaxError(text, error instanceof Error ? error.message : ''));
  }
};

/** What encoding/json says where V8 says `message`: the character that cannot stand there, and what was wanted. */
const goSyntaxError = (text: string, message: string): string => {
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
  const wanted = [
    ['property name', 'looking for beginning of object key string'],
    ["':'", 'after object key'],
    ["',' or '}'", 'after object key:value pair'],
    ["',' or ']'", 'after array element'],
    ['non-whitespace', 'after top-level value'],
  ].find(([part]) => message.includes(part as string))?.[1];
  return at >= text.length
    ? 'unexpected EOF'
    : `invalid character ${quoted(text[at] as string)} ${wanted ?? 'looking for beginning of value'}`;
};

const quoted = (character: string): string => (character === '\n' ? "'\\n'" : `'${character}'`);
