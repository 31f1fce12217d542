// What the bundle does beyond bundling: plugins for esbuild. Most of them make a start faster; npm run bench -- start-up measures it.

import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { hostTreeModule } from './host-tree.mjs';

/** With DEV=true Ink waits, while it is loaded, for React's developer tools, which are not there. */
export const noDevtools = {
  name: 'no-devtools',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    const question = "process.env['DEV'] === 'true'";
    onLoad({ filter: /node_modules\/ink\/build\/reconciler\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(question)) throw new Error(`${path} does not ask whether ${question}`);
      return { contents: source.replaceAll(question, 'false') };
    });
  },
};

/**
 * Large data stays in files of its own beside the bundle, read when somebody asks for a property; small data is a
 * string that is parsed as JSON, which costs a fraction of the same data as source text.
 */
const large = 4096;
export const jsonApart = {
  name: 'json-apart',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /\.json$/ }, ({ path }) => {
      const value = JSON.parse(readFileSync(path, 'utf8'));
      const text = JSON.stringify(value);
      if (text.length < large || Array.isArray(value))
        return { contents: `export default JSON.parse(${JSON.stringify(text)});` };
      dataTexts.set(basename(path), text);
      return { contents: lateJson(basename(path)), resolveDir: dirname(path) };
    });
  },
};
/** Name in dist/ → text. @type {Map<string, string>} */
export const dataTexts = new Map();

/** An object that reads its file at the first question. */
function lateJson(name) {
  return `
import { readFileSync } from 'node:fs';
let value;
const read = () => (value ??= JSON.parse(readFileSync(new URL('./${name}', import.meta.url), 'utf8')));
export default new Proxy({}, {
  get: (_, key) => read()[key],
  has: (_, key) => key in read(),
  ownKeys: () => Reflect.ownKeys(read()),
  getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(read(), key),
});
`;
}

/** The host's tree, read beforehand. */
const hostTreeFile = 'host-tree.txt';
export const hostTreeAhead = {
  name: 'host-tree-ahead',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /shell\/images\/host-tree\.ts$/ }, ({ path }) => {
      const { contents, text } = hostTreeModule(hostTreeFile);
      dataTexts.set(hostTreeFile, text);
      return { contents, resolveDir: dirname(path) };
    });
  },
};

/** A require() of the bundle's own, see kept-chunk.mjs. */
export const requiredLate = {
  name: 'required-late',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /shell\/machine\/late-docker-host\.ts$/ }, ({ path }) => ({
      contents: "export const dockerHost = () => require('./docker-host.ts');",
      resolveDir: dirname(path),
    }));
  },
};

/**
 * Modules of Node that cost more to load than a whole run should take. Importing node:fs reads all its properties, and
 * two of them load the streams; asking for the same module by name does not. The others few runs need: they are loaded
 * at the first call.
 */
export const lightBuiltins = {
  name: 'light-builtins',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve, onLoad }) {
    const late = {
      'node:crypto': ['createHash'],
      'node:zlib': [
        'crc32',
        'deflateRawSync',
        'gunzipSync',
        'gzipSync',
        'inflateRawSync',
        'zstdCompressSync',
        'zstdDecompressSync',
      ],
    };
    onResolve({ filter: /^node:(fs|module|vm|crypto|zlib)$/ }, ({ path }) => ({ path, namespace: 'light' }));
    onLoad({ filter: /.*/, namespace: 'light' }, ({ path }) => {
      const module = `process.getBuiltinModule('${path}')`;
      const lines = late[path]?.map(
        (name) => `export const ${name} = (...args) => ${module}.${name}(...args);`,
      );
      return { contents: (lines ?? allFunctions(path, module)).join('\n') };
    });
  },
};

/** Its functions as exports, getters left alone. */
function allFunctions(path, module) {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(path)));
  const names = properties.filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
  return [
    `const module = ${module};`,
    'export default module;',
    `export const { ${names.join(', ')} } = module;`,
  ];
}
