// A file of the bundle made into two: the code, which tui/kept-code.ts runs, and a module that has it run.

import { createHash } from 'node:crypto';
import { transform } from 'esbuild';

/**
 * @typedef {{file: string, digest: string, others: readonly string[]}} Kept the code, and the modules that it imports
 *
 * @param {string} name of the module, without .js
 * @param {string} text of the module
 * @param {import('esbuild').Metafile['outputs'][string]} facts about it
 * @param {ReadonlyMap<string, Kept>} before those made so far, by their modules
 * @returns {Promise<{module: string, code: string, kept: Kept}>}
 */
export async function keptChunk(name, text, { imports, exports }, before) {
  const { code: body } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    define: { 'import.meta.url': 'url' },
    minifyWhitespace: true,
    minifySyntax: true,
  });
  // A script cannot import by itself.
  const late = body.replaceAll(/\bimport\("\.\//g, 'load("./');
  const code = `((require,load,url)=>{const module={exports:{}};${late};return module.exports})`;
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const importsOf = (kind) => [
    ...new Set(
      imports.filter((entry) => entry.kind === kind && /^\./.test(entry.path)).map(({ path }) => path),
    ),
  ];
  const others = importsOf('import-statement');
  const own = { file: `${name}-code.js`, digest, others };
  const direct = [`'./${name}.js': () => all`, ...others.map((path, at) => `'${path}': () => m${at}`)];
  // What is loaded within a call gets its imports from here: its own module may not be loaded by then.
  const required = importsOf('require-call').map(
    (path) => `'${path}': () => ${run(before.get(path), 'direct')}`,
  );
  const module = `
import { runKept } from './cli.js';
${others.map((path, at) => `import * as m${at} from '${path}';`).join('\n')}
const direct = { ${direct.join(', ')} };
const all = ${run(own, required.length === 0 ? 'direct' : `{ ...direct, ${required.join(', ')} }`)};
export const { ${exports.join(', ')} } = all;
`;
  return { module, code, kept: own };
}

const run = ({ file, digest }, others) => `runKept('${file}', '${digest}', ${others})`;
