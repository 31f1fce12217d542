// The host's tree as the bundle has it: a file with a line of JSON for every directory, of which a line is read when
// somebody looks into the directory. Reading the whole tree from its description takes a good part of a start.

import { loadTree } from '../shell/images/load-tree.ts';

/**
 * The text of a module that stands in for shell/images/host-tree.ts, and of the file that it reads.
 *
 * @param {string} file name of that file
 */
export function hostTreeModule(file) {
  const lines = new Lines();
  const top = flatten(loadTree('host'), lines);
  const contents = `
import { readFileSync } from 'node:fs';
let lines;
const read = ([start, end]) => {
  lines ??= readFileSync(new URL('./${file}', import.meta.url));
  return new Map(
    JSON.parse(lines.toString('utf8', start, end)).map(([name, node]) => [name, 'in' in node ? open(node) : node]),
  );
};
const open = ({ in: range, ...attributes }) => {
  let entries;
  return { kind: 'directory', ...attributes, get entries() { return (entries ??= read(range)); } };
};
export const hostTree = () => open(${JSON.stringify(top)});
`;
  return { contents, text: lines.text };
}

/** Lines, and where in all of them each lies, in bytes. */
class Lines {
  text = '';
  #size = 0;

  push(line) {
    const start = this.#size;
    const end = start + Buffer.byteLength(line);
    this.text += `${line}\n`;
    this.#size = end + 1;
    return [start, end];
  }
}

/** Adds the lines of a directory and of all below it; gives its attributes and the place of its line. */
function flatten({ entries, kind: _, ...attributes }, lines) {
  const nodes = [...entries].map(([name, node]) => [
    name,
    node.kind === 'directory' ? flatten(node, lines) : node,
  ]);
  return { ...attributes, in: lines.push(JSON.stringify(nodes)) };
}
