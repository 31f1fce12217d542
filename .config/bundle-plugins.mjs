// What the bundle does beyond bundling: plugins for esbuild. Most of them make a start faster; npm run bench -- start-up measures it.

import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostTreeModule } from './host-tree.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ink imports React's developer tools although they are only used with DEV=true. */
export const stubDevtools = {
  name: 'stub-devtools',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, () => ({
      path: 'react-devtools-core',
      namespace: 'stub',
    }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default {};' }));
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
export const hostTreeAhead = {
  name: 'host-tree-ahead',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /shell\/images\/host-tree\.ts$/ }, () => ({ contents: hostTreeModule() }));
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
        'zstdDecompressSync',
      ],
    };
    onResolve({ filter: /^node:(fs|crypto|zlib)$/ }, ({ path }) => ({ path, namespace: 'light' }));
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

/**
 * A run without a screen is few files, so that it starts fast: one with all it needs, the shell included, and one with
 * all commands. A file each would cost more to find than to run.
 */
export const fewFiles = {
  name: 'few-files',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad, onResolve }) {
    const commands = join(root, 'shell/commands');
    const late = /import\('(\.\/[^']+)'\)/g;
    const tables = ['index.ts', 'text-commands.ts'].map((name) => readFileSync(join(commands, name), 'utf8'));
    const names = new Set(tables.flatMap((source) => [...source.matchAll(late)].map(([, name]) => name)));
    onLoad({ filter: /shell\/commands\/(text-commands|index)\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return {
        contents: source.replace(late, "import('all-commands').then((all) => all['$1'])"),
        loader: 'ts',
      };
    });
    onLoad({ filter: /shell\/machine\/programs\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8').replace("await import('../interp/main.ts')", 'interpreter');
      return { contents: `import * as interpreter from '../interp/main.ts';\n${source}`, loader: 'ts' };
    });
    onResolve({ filter: /^all-commands$/ }, () => ({ path: 'all-commands', namespace: 'all' }));
    onLoad({ filter: /.*/, namespace: 'all' }, () => {
      const lines = [...names].map(
        (name, at) => `import * as m${at} from '${name}'; export { m${at} as '${name}' };`,
      );
      return { contents: lines.join('\n'), resolveDir: commands };
    });
  },
};
/** The other bundle, as seen from the command line. */
export const headlessApart = {
  name: 'headless-apart',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve }) {
    onResolve({ filter: /\/headless\.ts$/ }, () => ({ path: './headless.js', external: true }));
  },
};
