// The words of a document: Markdown tokens to blocks of styled spans. Tags and comments of HTML are left out.

import type { Token, Tokens } from 'marked';
import type { Block, Span } from './scenario.ts';

/** The blocks of one top-level token that is not a fence; [] when it shows nothing. */
export function narrate(token: Token): Block[] {
  const blocks = (byToken[token.type] ?? plainText)(token as never, 1);
  return blocks.filter(({ spans }) => spans.some(({ text }) => text.trim() !== ''));
}

type Narrator = (token: never, depth: number) => Block[];

const byToken: Record<string, Narrator> = {
  heading: (token: Tokens.Heading) => [{ kind: 'heading', level: token.depth, spans: spansOf(token.tokens) }],
  paragraph: (token: Tokens.Paragraph) => [paragraph(token.tokens)],
  text: (token: Tokens.Text) => [paragraph(token.tokens ?? [token])],
  list_item: (token: Tokens.ListItem, depth) => listItem(token, depth),
  list: (token: Tokens.List, depth) => token.items.flatMap((item) => listItem(item, depth)),
  blockquote: (token: Tokens.Blockquote, depth) =>
    nested(token.tokens, depth).map((block) =>
      block.kind === 'paragraph' ? { ...block, kind: 'quote' } : block,
    ),
  code: (token: Tokens.Code) => [{ kind: 'code', level: 0, spans: [{ text: token.text, style: 'code' }] }],
  table: (token: Tokens.Table) => [token.header, ...token.rows].map(tableRow),
  html: (token: Tokens.HTML) => htmlText(token.text),
  space: () => [],
  hr: () => [],
  def: () => [],
};

const plainText: Narrator = (token: Tokens.Generic) => [paragraph([token])];

const paragraph = (tokens: Token[]): Block => ({ kind: 'paragraph', level: 0, spans: spansOf(tokens) });

const nested = (tokens: Token[], depth: number): Block[] =>
  tokens.flatMap((token) => (byToken[token.type] ?? plainText)(token as never, depth));

/** The first paragraph of an item carries its mark; what else is in the item follows as it is. */
function listItem(item: Tokens.ListItem, depth: number): Block[] {
  const [first, ...rest] = nested(item.tokens, depth + 1);
  if (first === undefined) return [];
  return [first.kind === 'paragraph' ? { kind: 'item', level: depth, spans: first.spans } : first, ...rest];
}

function tableRow(cells: Tokens.TableCell[]): Block {
  const spans = cells.flatMap((cell, index) => [
    ...(index === 0 ? [] : [plain(' | ')]),
    ...spansOf(cell.tokens),
  ]);
  return { kind: 'paragraph', level: 0, spans };
}

function htmlText(html: string): Block[] {
  const text = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '');
  return text.trim() === '' ? [] : [{ kind: 'paragraph', level: 0, spans: [plain(text.trim())] }];
}

const plain = (text: string): Span => ({ text, style: 'plain' });

function spansOf(tokens: Token[], style: Span['style'] = 'plain'): Span[] {
  return tokens.flatMap((token) => spanOf(token, style));
}

const inlineStyles: Record<string, Span['style']> = { strong: 'strong', em: 'emphasis', link: 'link' };

function spanOf(token: Token, style: Span['style']): Span[] {
  if (token.type === 'codespan') return [{ text: unescapeEntities(token.text), style: 'code' }];
  if (token.type === 'br') return [{ text: '\n', style }];
  if (token.type === 'html') return [];
  const inner = 'tokens' in token ? token.tokens : undefined;
  if (inner !== undefined) return spansOf(inner, inlineStyles[token.type] ?? style);
  const text = unescapeEntities('text' in token ? token.text : token.raw).replace(/\s*\n\s*/g, ' ');
  return [{ text, style }];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

const unescapeEntities = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');
