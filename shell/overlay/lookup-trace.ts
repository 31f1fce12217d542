// What a lookup tells the trace: each layer it looked in, what was there, and which one answered.

import { kindOf } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { LayerFinding } from '../fs/trace.ts';
import type { Layer } from './layer.ts';
import type { Search } from './search.ts';
import { pathOfName, realFiles, realLayer, realNode, type Union } from './union.ts';

/** Notes what a layer has: a finding in words, or the node whose kind it is. Gives 0, for `absent` and `whiteout`. */
export const noteFinding = (
  search: Search,
  layer: Layer,
  found: LayerFinding['found'] | NodeId,
  last: boolean,
): 0 => {
  const { findings } = search;
  if (findings === undefined || !last) return 0;
  if (found === 'opaque directory') findings.pop();
  const word = typeof found === 'number' ? kindOf(layer.files.inode(found).mode) : found;
  findings.push({ layer: layer.path, found: word });
  if (found !== 'absent' && found !== 'whiteout') search.answer ??= findings.length - 1;
  return 0;
};

export const traceLookup = (union: Union, path: string, search: Search): void => {
  const { findings, answer } = search;
  if (findings === undefined) return;
  union.trace.emit({ kind: 'lookup', path, layers: findings, ...(answer === undefined ? {} : { answer }) });
};

/** The dentry cache answered: no layer was read; the one that holds the file is named. */
export const traceCached = (union: Union, dir: NodeId, name: string, known: number): void => {
  const path = pathOfName(union, dir, name);
  if (known <= 0) {
    union.trace.emit({ kind: 'lookup', path, layers: [], cached: true });
    return;
  }
  const node = union.nodes.get(known);
  const found = kindOf(realFiles(union, node).inode(realNode(node)).mode);
  union.trace.emit({
    kind: 'lookup',
    path,
    layers: [{ layer: realLayer(union, node).path, found }],
    answer: 0,
    cached: true,
  });
};
