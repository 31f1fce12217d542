// Markdown → scenario. Prose is narration, fences are actions (fence.ts); all problems are reported, each with its line.

import { lexer, type Token, type Tokens } from 'marked';
import { readFence } from './fence.ts';
import { narrate } from './narration.ts';
import type { Action, Block, ParsedScenario, ScenarioProblem, Step } from './scenario.ts';

/** `name` is the title when the document has no heading. */
export function parseScenario(source: string, name: string): ParsedScenario {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const parts = readTokens(lexer(text), 1);
  const problems = parts.flatMap((part) => ('problem' in part ? [part.problem] : []));
  const steps = toSteps(parts);
  if (problems.length === 0 && !steps.some(({ action }) => action !== undefined))
    problems.push({ line: 1, text: 'there is nothing to play: no block of commands in the document' });
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  return { ok: true, scenario: { title: titleOf(parts) ?? name, claims: claimsIn(text), steps } };
}

type Part = { readonly block: Block } | { readonly action: Action } | { readonly problem: ScenarioProblem };

/** Tokens in the order of the document; fences are found inside lists and quotes as well. */
function readTokens(tokens: Token[], firstLine: number): Part[] {
  let line = firstLine;
  return tokens.flatMap((token) => {
    const parts = readToken(token, line);
    line += countLines(token.raw);
    return parts;
  });
}

function readToken(token: Token, line: number): Part[] {
  if (isFence(token)) return fenceParts(token, line);
  if (token.type === 'list' && holdsFence(token)) return readTokens((token as Tokens.List).items, line);
  if ((token.type === 'list_item' || token.type === 'blockquote') && holdsFence(token))
    return readTokens(token.tokens ?? [], line);
  return narrate(token).map((block) => ({ block }));
}

const isFence = (token: Token): token is Tokens.Code =>
  token.type === 'code' && (token as Tokens.Code).codeBlockStyle !== 'indented';

function holdsFence(token: Token): boolean {
  const children: Token[] =
    (token.type === 'list' ? (token as Tokens.List).items : 'tokens' in token ? token.tokens : []) ?? [];
  return children.some((child) => isFence(child) || holdsFence(child));
}

function fenceParts(token: Tokens.Code, line: number): Part[] {
  const opening = /^\s*(`{3,}|~{3,})/.exec(token.raw)?.[1] ?? '```';
  const lastRow = token.raw.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (!lastRow.startsWith(opening) || token.raw.trimEnd() === lastRow)
    return [{ problem: { line, text: 'this block is never closed' } }];
  const language = (token.lang ?? '').split(/\s+/)[0]?.toLowerCase() ?? '';
  const read = readFence({ language, text: token.text, line: line + 1 });
  if (read === undefined) return narrate(token).map((block) => ({ block }));
  return [...read.actions.map((action) => ({ action })), ...read.problems.map((problem) => ({ problem }))];
}

const countLines = (raw: string) => raw.split('\n').length - 1;

/** Words gather until something is done. */
function toSteps(parts: readonly Part[]): Step[] {
  const steps: Step[] = [];
  let narration: Block[] = [];
  for (const part of parts) {
    if ('block' in part) narration.push(part.block);
    if (!('action' in part)) continue;
    steps.push({ narration, action: part.action });
    narration = [];
  }
  return narration.length > 0 ? [...steps, { narration }] : steps;
}

function titleOf(parts: readonly Part[]): string | undefined {
  const headings = parts.flatMap((part) =>
    'block' in part && part.block.kind === 'heading' ? [part.block] : [],
  );
  return headings[0]?.spans.map(({ text }) => text).join('');
}

/** `<!-- claims: D5 K1 -->`, anywhere in the document. */
function claimsIn(text: string): string[] {
  return [...text.matchAll(/<!--\s*claims:([^>]*)-->/g)].flatMap(
    ([, ids = '']) => ids.match(/\b[DK]\d+\b/g) ?? [],
  );
}
