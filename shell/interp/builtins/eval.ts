// eval, source and `.`
import { isFsError } from '../../fs/errno.ts';
import { hideTraps } from '../command-traps.ts';
import { readScript } from '../files.ts';
import { returnTrap } from '../function.ts';
import { searchPath } from '../lookup.ts';
import { ended, type Outcome } from '../outcome.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { runSource } from '../source.ts';
import { type Builtin, badOption, refuse } from './builtin.ts';
import { showUsage } from './usage.ts';

const DEEPEST = 500;

export const evalBuiltin: Builtin = {
  special: true,
  async run(shell, argv) {
    const words = argv[1] === '--' ? argv.slice(2) : argv.slice(1);
    if (shell.dialect === 'bash' && argv[1] !== '--' && /^-./.test(words[0] ?? ''))
      return badOption(shell, 'eval', words[0]?.[1] as string);
    if (words.length === 0) return 0;
    if (shell.nesting > DEEPEST)
      throw new ShellError(`eval: maximum eval nesting level exceeded (${DEEPEST})`);
    shell.nesting++;
    shell.traceDepth++;
    try {
      return await runSource(shell, words.join(' '), {
        command: 'eval',
        firstLine: shell.line(),
      });
    } finally {
      shell.nesting--;
      shell.traceDepth--;
    }
  },
};

const sourcing = (name: '.' | 'source'): Builtin => ({
  special: true,
  dialects: name === '.' ? undefined : ['bash', 'ash'],
  async run(shell, argv) {
    const file = argv[1];
    if (file === undefined) {
      if (shell.dialect !== 'bash') return 0;
      await shell.complain(`${name}: filename argument required`);
      return showUsage(shell, name);
    }
    const path = locate(shell, file);
    const text = path === undefined ? undefined : await readScript(shell.process, path);
    if (path === undefined || text === undefined) return missing(shell, name, file, path);
    return runFile(shell, path, text, argv.slice(2));
  },
});

export const dot = sourcing('.');
export const source = sourcing('source');

function locate(shell: Shell, file: string): string | undefined {
  if (file.includes('/')) return file;
  const { process } = shell;
  const path = shell.state.variables.scalar('PATH') ?? '';
  const onPath = path
    .split(':')
    .map((dir) => `${dir}/${file}`)
    .find((candidate) => process.tryStat(candidate)?.kind === 'file');
  if (onPath !== undefined) return onPath;
  return shell.dialect === 'bash' ? file : (searchPath(shell, file)[0] ?? undefined);
}

async function missing(shell: Shell, name: string, file: string, path: string | undefined): Promise<number> {
  const error = path === undefined ? 'not found' : openError(shell, path);
  if (shell.dialect !== 'bash') {
    const text =
      path === undefined
        ? `${name}: ${file}: not found`
        : `${name}: cannot open ${file}: ${error === 'No such file or directory' ? 'No such file' : error}`;
    throw new ShellError(text, { status: 2, scope: 'shell' });
  }
  if (error === 'Is a directory') return refuse(shell, name, `${file}: is a directory`);
  await shell.complain(`${file}: ${error}`);
  return 1;
}

function openError(shell: Shell, path: string): string {
  if (shell.process.tryStat(path)?.kind === 'directory') return 'Is a directory';
  try {
    shell.process.close(shell.process.open(path, 0));
    return 'cannot read';
  } catch (error) {
    if (isFsError(error)) return error.message;
    throw error;
  }
}

async function runFile(shell: Shell, path: string, text: string, args: readonly string[]): Promise<Outcome> {
  if (shell.nesting > DEEPEST)
    throw new ShellError(`${path}: maximum source nesting level exceeded (${DEEPEST})`);
  const { positional } = shell.state;
  if (args.length > 0) shell.state.positional = args;
  shell.calls.push({ name: 'source', file: path, line: shell.line() });
  const showTraps = hideTraps(shell, ['RETURN', 'ERR']);
  shell.nesting++;
  shell.traceDepth++;
  try {
    const outcome = await runSource(shell, text, { command: path });
    const result = outcome.leave?.kind === 'return' ? ended(outcome.status) : outcome;
    return shell.state.traps.has('RETURN') ? await returnTrap(shell, result) : result;
  } finally {
    showTraps();
    shell.nesting--;
    shell.traceDepth--;
    shell.calls.pop();
    if (args.length > 0) shell.state.positional = positional;
  }
}
