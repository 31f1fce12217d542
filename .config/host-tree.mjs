// The host's tree as the bundle has it: every directory a string of JSON, parsed when somebody looks into it.
// Reading the whole tree from its description takes a good part of a start.

import { loadTree } from '../shell/images/load-tree.ts';

/** The text of a module that stands in for shell/images/host-tree.ts. */
export function hostTreeModule() {
  const directories = [];
  const top = flatten(loadTree('host'), directories);
  return `
const directories = ${JSON.stringify(directories)};
const open = ({ in: index, ...attributes }) => {
  let entries;
  return { kind: 'directory', ...attributes, get entries() { return (entries ??= read(index)); } };
};
const read = (index) =>
  new Map(JSON.parse(directories[index]).map(([name, node]) => [name, 'in' in node ? open(node) : node]));
export const hostTree = () => open(${JSON.stringify(top)});
`;
}

/** Adds the strings of a directory and all below it; gives its attributes and the place of its string. */
function flatten({ entries, kind: _, ...attributes }, directories) {
  const nodes = [...entries].map(([name, node]) => [
    name,
    node.kind === 'directory' ? flatten(node, directories) : node,
  ]);
  return { ...attributes, in: directories.push(JSON.stringify(nodes)) - 1 };
}
