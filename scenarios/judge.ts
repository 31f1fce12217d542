// Whether a step did what the document promises.

import type { Views } from '../shell/index.ts';
import { compare, type Difference, linesOf, matches } from './output-pattern.ts';
import type { Action, Upper } from './scenario.ts';
import type { Outcome } from './stage.ts';

export type Failure =
  | {
      readonly kind: 'status';
      readonly line: number;
      readonly command: string;
      readonly expected: number;
      readonly actual: number;
      readonly output: readonly string[];
    }
  | {
      readonly kind: 'output';
      readonly line: number;
      readonly command: string;
      readonly differences: readonly Difference[];
    }
  | { readonly kind: 'layer'; readonly line: number; readonly text: string };

/** A command with no expected output must succeed, whatever it prints. */
export function judge(action: Action, outcome: Outcome | undefined, views: Views): Failure[] {
  if (action.kind === 'layers') return action.uppers.flatMap((upper) => judgeUpper(upper, views));
  const expected = action.kind === 'command' ? action.expected : undefined;
  const command = action.kind === 'command' ? action.command : `(writes ${action.name})`;
  const { output, status } = outcome ?? { output: '', status: 0 };
  const lines = linesOf(output);
  const failures: Failure[] = [];
  if (expected?.output !== undefined && !matches(expected.output, lines))
    failures.push({
      kind: 'output',
      line: action.line,
      command,
      differences: compare(expected.output, lines),
    });
  if (status !== (expected?.status ?? 0))
    failures.push({
      kind: 'status',
      line: action.line,
      command,
      expected: expected?.status ?? 0,
      actual: status,
      output: failures.length > 0 ? [] : lines,
    });
  return failures;
}

function judgeUpper({ line, container, sign, path }: Upper, views: Views): Failure[] {
  const fail = (text: string): Failure[] => [{ kind: 'layer', line, text: `${container}: ${text}` }];
  if (!views.containers().some(({ name }) => name === container)) return fail('there is no such container');
  if (sign === 'empty') {
    const names = views.layerEntries(container, 0, '/').map(({ name }) => name);
    return names.length === 0 ? [] : fail(`its upper layer should be empty and holds ${names.join(', ')}`);
  }
  const found = inUpper(views, container, path);
  return found === sign || (sign === 'has' && found === 'opaque')
    ? []
    : fail(`${wanted[sign]} ${path}, ${seen[found]}`);
}

type Found = 'has' | 'whiteout' | 'opaque' | 'lacks';

const wanted: Record<Found, string> = {
  has: 'its upper layer should have',
  whiteout: 'its upper layer should have a whiteout at',
  opaque: 'its upper layer should have an opaque directory at',
  lacks: 'its upper layer should not have',
};

const seen: Record<Found, string> = {
  has: 'and has it',
  whiteout: 'and there is a whiteout',
  opaque: 'and it is there, opaque',
  lacks: 'and there is nothing',
};

function inUpper(views: Views, container: string, path: string): Found {
  const cut = path.lastIndexOf('/');
  const row = views
    .layerEntries(container, 0, path.slice(0, cut) || '/')
    .find(({ name }) => name === path.slice(cut + 1));
  if (row === undefined) return 'lacks';
  return row.sign === 'whiteout' || row.sign === 'opaque' ? row.sign : 'has';
}

const marks = { '=': ' ', '-': '-', '+': '+' } satisfies Record<Difference['sign'], string>;

/** Lines for a person: where, which command, and the difference (`-` was promised, `+` came). */
export function describeFailure(file: string, failure: Failure): string[] {
  if (failure.kind === 'layer') return [`${file}:${failure.line}: ${failure.text}`];
  const head = `${file}:${failure.line}: $ ${failure.command.replaceAll('\n', '\n  > ')}`;
  if (failure.kind === 'output')
    return [head, ...failure.differences.map(({ sign, text }) => `  ${marks[sign]} ${text}`)];
  const shown = failure.output.slice(-10).map((row) => `    ${row}`);
  return [head, `  exit status ${failure.actual}, expected ${failure.expected}`, ...shown];
}
