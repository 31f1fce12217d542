// The host's tree. The build puts another module in this one's place: the same tree, read beforehand, directory by
// directory (.config/host-tree.mjs).

import { loadTree } from './load-tree.ts';
import type { TreeDirectory } from './tree.ts';

export const hostTree = (): TreeDirectory => loadTree('host');
