// case: the first item with a matching pattern, and what `;&` and `;;&` go on to.
import { beforeCommand } from './command-traps.ts';
import { runList } from './evaluate.ts';
import { expandPattern, expandString } from './expand/index.ts';
import { chain, type Maybe } from './maybe.ts';
import { ended, type Outcome, success } from './outcome.ts';
import { matches } from './pattern.ts';
import type { Shell } from './shell.ts';
import type { Case, Word } from './syntax.ts';
import { traceHead } from './xtrace.ts';

export function runCase(shell: Shell, node: Case): Maybe<Outcome> {
  return chain(beforeCommand(shell, node), (skipped) =>
    chain(
      traceHead(shell, ['case', node.word.text, 'in']),
      () => skipped ?? chain(expandString(shell, node.word), (subject) => matchItem(shell, node, subject, 0)),
    ),
  );
}

function matchItem(shell: Shell, node: Case, subject: string, at: number): Maybe<Outcome> {
  const item = node.items[at];
  if (item === undefined) return success;
  return chain(anyMatches(shell, item.pattern, subject), (matched) =>
    matched ? runItem(shell, node, subject, at) : matchItem(shell, node, subject, at + 1),
  );
}

function runItem(shell: Shell, node: Case, subject: string, at: number): Maybe<Outcome> {
  const item = node.items[at];
  if (item === undefined) return ended(shell.state.status);
  return chain(runList(shell, item.body), (outcome) => {
    if (outcome.leave !== undefined) return outcome;
    if (item.terminator === ';&' && at + 1 < node.items.length) return runItem(shell, node, subject, at + 1);
    if (item.terminator === ';;&') return matchItem(shell, node, subject, at + 1);
    return outcome;
  });
}

function anyMatches(shell: Shell, patterns: readonly Word[], subject: string, from = 0): Maybe<boolean> {
  if (from >= patterns.length) return false;
  return chain(expandPattern(shell, patterns[from] as Word), (pattern) => {
    const options = {
      extended: shell.state.shopted('extglob') || shell.dialect === 'bash',
      fold: shell.state.shopted('nocasematch'),
    };
    return matches(pattern, subject, options) || anyMatches(shell, patterns, subject, from + 1);
  });
}
