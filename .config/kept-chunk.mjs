// A file of the bundle made into two: the code, which tui/kept-code.ts runs, and a module that has it run.

import { createHash } from 'node:crypto';
import { transform } from 'esbuild';

/**
 * @param {string} name of the file, without .js
 * @param {string} text of the module
 * @param {import('esbuild').Metafile['outputs'][string]} facts about it
 * @returns {Promise<{module: string, code: string, codeName: string}>}
 */
export async function keptChunk(name, text, { imports, exports }) {
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
  const codeName = `${name}-code.js`;
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const others = [
    ...new Set(
      imports
        .filter(({ kind, path }) => kind === 'import-statement' && path.startsWith('.'))
        .map(({ path }) => path),
    ),
  ];
  const module = `
import { runKept } from './cli.js';
${others.map((path, at) => `import * as m${at} from '${path}';`).join('\n')}
const others = { ${others.map((path, at) => `'${path}': m${at}`).join(', ')} };
const require = (name) => others[name] ?? process.getBuiltinModule(name);
const load = (name) => import(name);
const all = runKept(new URL('./${codeName}', import.meta.url), '${digest}', [require, load, import.meta.url]);
export const { ${exports.join(', ')} } = all;
`;
  return { module, code, codeName };
}
