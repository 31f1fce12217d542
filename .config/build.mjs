// Bundles tui/cli.ts into dist/: one small entry, one chunk per thing loaded later, the data files, the licences.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  dataTexts,
  hostTreeAhead,
  jsonApart,
  lightBuiltins,
  noDevtools,
  requiredLate,
} from './bundle-plugins.mjs';
import { bundle } from './chunks.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

// A module finds its data with new URL('./name', import.meta.url). Every chunk lies directly in dist/, and so does
// every data file: the same expression works in the sources and in the bundle, as long as the names differ.
const dataFiles = ['scenarios/*.md'];

/** What CommonJS packages call. Made at the first call: even to ask for import.meta takes milliseconds. */
const requireHere = "process.getBuiltinModule('node:module').createRequire(import.meta.url)";

/** @type {import('esbuild').BuildOptions} */
const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: `const require = (name) => ${requireHere}(name);` },
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
  plugins: [noDevtools, requiredLate, jsonApart, hostTreeAhead, lightBuiltins],
};
/** In the order of loading. */
const groups = [
  { name: 'cli', entries: ['tui/cli.ts', 'tui/kept-code.ts'] },
  // The last is all of the filesystem that both programs and the engine use but no start does.
  {
    name: 'shell',
    entries: ['tui/headless.ts', 'shell/interp/main.ts', 'shell/fs/wide-inode.ts'],
    kept: true,
  },
  { name: 'engine', entries: ['shell/machine/docker-host.ts'], kept: true },
  { name: 'programs', among: ['docker', 'prompt'], without: 'engine', kept: true },
  { name: 'packages', among: ['docker'] },
  { name: 'prompt', entries: ['shell/interp/interactive.ts'], kept: true },
  { name: 'documents', entries: ['tui/documents.ts'], kept: true },
  // Waits for its WebAssembly while it is loaded, which what is kept cannot do.
  { name: 'yoga', entries: ['node_modules/yoga-layout/dist/src/index.js'] },
  { name: 'screen', entries: ['tui/app/main.tsx', 'tui/record/picture.tsx'], kept: true },
  {
    name: 'docker',
    entries: ['shell/commands/docker/docker.ts', 'shell/commands/docker/completion.ts'],
    kept: true,
  },
];
const { files, inputs } = await bundle(options, groups);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const [name, text] of files) writeFileSync(join(dist, name), text);
copyEntry();
copyData();
writeLicences(inputs);

/** The entry stays outside the bundle: it has to parse on Nodes that are too old for the rest. */
function copyEntry() {
  const entry = join(dist, 'cowsh.js');
  copyFileSync(join(root, 'tui/entry.js'), entry);
  chmodSync(entry, 0o755);
}

function copyData() {
  for (const file of dataFiles.flatMap((pattern) => globSync(pattern, { cwd: root }))) {
    const target = join(dist, basename(file));
    if (existsSync(target)) throw new Error(`two data files are called ${basename(file)}`);
    copyFileSync(join(root, file), target);
  }
  for (const [name, text] of dataTexts) writeFileSync(join(dist, name), text);
}

/** @param {string[]} inputs paths of all bundled sources */
function writeLicences(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = globSync(`${folder}/{license,licence}*`, { cwd: root, nocase: true })[0];
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, file), 'utf8').trim() : ''}`;
  });
  writeFileSync(join(dist, 'licenses.txt'), `${texts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
}
