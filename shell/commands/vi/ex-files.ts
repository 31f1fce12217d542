// Colon commands about files and other programs: requests to the program around the editor.

import type { ExCommand, ExRun } from './ex-command.ts';
import { failure, isModified, type Vi } from './state.ts';

const UNSAVED = 'E37: No write since last change (add ! to override)';

const write =
  (quit: boolean, onlyModified = false): ExRun =>
  (vi, { from, to, given, bang, argument }) => {
    if (argument.startsWith('!')) {
      const rows = given ? ([from, to] as const) : ([0, vi.lines.length - 1] as const);
      return { ...vi, request: { kind: 'filter', command: argument.slice(1), rows, replace: false } };
    }
    if (onlyModified && !isModified(vi) && argument === '')
      return { ...vi, request: { kind: 'quit', status: 0 } };
    const append = argument.startsWith('>>');
    const path = expandName(vi, argument.replace(/^>>\s*/, '').trim());
    if ((path || vi.file) === '') return failure(vi, 'E32: No file name');
    if (vi.settings.readonly && !bang && (path === '' || path === vi.file))
      return failure(vi, "E45: 'readonly' option is set (add ! to override)");
    const rows = given ? ([from, to] as const) : undefined;
    return { ...vi, request: { kind: 'write', path: path || undefined, force: bang, append, rows, quit } };
  };

const quit: ExRun = (vi, { bang }) =>
  isModified(vi) && !bang ? failure(vi, UNSAVED) : { ...vi, request: { kind: 'quit', status: 0 } };

const edit: ExRun = (vi, { bang, argument }) => {
  if (isModified(vi) && !bang) return failure(vi, UNSAVED);
  const path = expandName(vi, argument);
  return path === '' && vi.file === ''
    ? failure(vi, 'E32: No file name')
    : { ...vi, request: { kind: 'edit', path: path || undefined } };
};

const read: ExRun = (vi, { to, given, bang, argument }) => {
  const row = given ? to : vi.cursor.row;
  if (bang || argument.startsWith('!'))
    return { ...vi, request: { kind: 'read-command', command: argument.replace(/^!/, ''), row } };
  const path = expandName(vi, argument) || vi.file;
  return path === '' ? failure(vi, 'E32: No file name') : { ...vi, request: { kind: 'read', path, row } };
};

const shell: ExRun = (vi, { from, to, given, argument }) => {
  const command = expandName(vi, argument);
  return given
    ? { ...vi, request: { kind: 'filter', command, rows: [from, to], replace: true } }
    : { ...vi, request: { kind: 'run', command } };
};

const file: ExRun = (vi, { argument }) => {
  const named = argument === '' ? vi : { ...vi, file: argument };
  const percent = Math.floor((100 * (vi.cursor.row + 1)) / vi.lines.length);
  const count = `${vi.lines.length} line${vi.lines.length === 1 ? '' : 's'}`;
  const text = `"${named.file || '[No Name]'}"${isModified(vi) ? ' [Modified]' : ''} ${count} --${percent}%--`;
  return { ...named, message: { text, error: false } };
};

/** % is the file's name; a backslash keeps it. */
const expandName = ({ file: name }: Vi, text: string): string =>
  text.replace(/\\([%#\\ |])|%/g, (_, kept: string | undefined) => kept ?? name);

const command = (name: string, least: string, run: ExRun, more: Partial<ExCommand> = {}): ExCommand => ({
  name,
  least,
  run,
  ...more,
});

export const FILE_COMMANDS: readonly ExCommand[] = [
  command('write', 'w', write(false), { takesBar: true }),
  command('wq', 'wq', write(true)),
  command('wqall', 'wqa', write(true)),
  command('xit', 'x', write(true, true)),
  command('exit', 'exi', write(true, true)),
  command('xall', 'xa', write(true, true)),
  command('wall', 'wa', write(false)),
  command('quit', 'q', quit),
  command('quitall', 'quita', quit),
  command('qall', 'qa', quit),
  command('cquit', 'cq', (vi) => ({ ...vi, request: { kind: 'quit', status: 1 } })),
  command('edit', 'e', edit),
  command('read', 'r', read, { takesBar: true }),
  command('!', '!', shell, { takesBar: true }),
  command('shell', 'sh', (vi) => ({ ...vi, request: { kind: 'run', command: 'exec "${SHELL:-sh}"' } })),
  command('file', 'f', file),
  command('suspend', 'sus', (vi) => ({ ...vi, request: { kind: 'suspend' } })),
  command('stop', 'st', (vi) => ({ ...vi, request: { kind: 'suspend' } })),
];
