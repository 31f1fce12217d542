// tree -J and -X: the tree as JSON and as XML.

import type { FileKind } from '../fs/mode.ts';
import type { Accounts } from './accounts.ts';
import { type DetailRules, detailsOf } from './tree-details.ts';
import type { TreeNode } from './tree-walk.ts';

const TYPES: Readonly<Partial<Record<FileKind, string>>> = { symlink: 'link' };

const typeOf = ({ stat }: TreeNode): string =>
  stat === undefined ? 'unknown' : (TYPES[stat.kind] ?? stat.kind);

interface Markup {
  readonly accounts: Accounts;
  readonly details: DetailRules;
  /** -f: whole paths. */
  readonly paths: boolean;
}

interface Counts {
  readonly directories: number;
  /** Undefined with -d. */
  readonly files: number | undefined;
}

const nameOf = (node: TreeNode, { paths }: Markup): string => (paths ? node.path : node.name);

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

const jsonText = (text: string): string =>
  `"${text.replace(/["\\\x00-\x1f]/g, (c) => ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

const jsonNode = (node: TreeNode, markup: Markup, indent: string): string => {
  const fields = [
    `"type":"${typeOf(node)}"`,
    `"name":${jsonText(nameOf(node, markup))}`,
    ...(node.target === undefined ? [] : [`"target":${jsonText(node.target)}`]),
    ...(node.stat === undefined ? [] : detailsOf(node.stat, markup.details, markup.accounts)).map(
      ({ name, value }) => `"${name}":${typeof value === 'number' ? value : jsonText(value)}`,
    ),
  ];
  const start = `${indent}{${fields.join(',')}`;
  if (node.problem !== undefined) return `${start},"contents":[{"error": "${node.problem}"}\n\n${indent}]}`;
  if (node.children.length === 0) return `${start}}`;
  const below = node.children.map((child) => jsonNode(child, markup, `${indent}  `));
  return `${start},"contents":[\n${below.join(',\n')}\n${indent}]}`;
};

export const treeJson = (roots: readonly TreeNode[], markup: Markup, counts: Counts | undefined): string => {
  const trees = roots.map((root) => jsonNode(root, markup, '  ')).join(',\n');
  const files = counts?.files === undefined ? '' : `,"files":${counts.files}`;
  const report =
    counts === undefined ? '' : `,\n  {"type":"report","directories":${counts.directories}${files}}`;
  return `[\n${trees}\n${report}\n]\n`;
};

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const xmlText = (text: string): string => text.replace(/[&<>"]/g, (c) => XML[c] ?? c);

const xmlNode = (node: TreeNode, markup: Markup, indent: string): string => {
  const type = typeOf(node);
  const attributes = [
    ['name', nameOf(node, markup)],
    ...(node.target === undefined ? [] : [['target', node.target]]),
    ...(node.stat === undefined ? [] : detailsOf(node.stat, markup.details, markup.accounts)).map(
      ({ name, value }) => [name, String(value)],
    ),
  ].map(([name, value]) => ` ${name}="${xmlText(value ?? '')}"`);
  const start = `${indent}<${type}${attributes.join('')}>`;
  if (node.problem !== undefined) return `${start}<error>${node.problem}</error>\n${indent}</${type}>\n`;
  const below = node.children.map((child) => xmlNode(child, markup, `${indent}  `)).join('');
  // An empty directory that was asked for takes two lines, others one.
  const closed = below === '' && (node.stat?.kind !== 'directory' || indent !== '  ');
  return closed ? `${start}</${type}>\n` : `${start}\n${below}${indent}</${type}>\n`;
};

export const treeXml = (
  roots: readonly TreeNode[],
  markup: Markup,
  counts: Counts | undefined,
  utf8: boolean,
): string => {
  const trees = roots.map((root) => xmlNode(root, markup, '  ')).join('');
  const files = counts?.files === undefined ? '' : `    <files>${counts.files}</files>\n`;
  const report =
    counts === undefined
      ? ''
      : `  <report>\n    <directories>${counts.directories}</directories>\n${files}  </report>\n`;
  return `<?xml version="1.0"${utf8 ? ' encoding="UTF-8"' : ''}?>\n<tree>\n${trees}${report}</tree>\n`;
};
