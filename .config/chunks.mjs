// Which files the bundle consists of. Finding and opening a file costs a start more than the code in it, so modules are
// put together in few: what is needed at one time lies in one file, whoever else uses parts of it.

import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { keptChunk } from './kept-chunk.mjs';

/**
 * Bundles an entry and all that it loads later.
 *
 * A module belongs to the first group with an entry that imports it, so that imports lead to earlier groups only. What
 * is loaded later and is in no group has a file of its own. What several of these and of the groups `among` import can
 * be a group, too, but for what needs the group `without`. Groups that are kept run as tui/kept-code.ts has it.
 *
 * @param {import('esbuild').BuildOptions & {absWorkingDir: string}} options
 * @param {readonly Group[]} groups in the order of loading; the very first entry is where everything begins
 * @returns {Promise<{files: Map<string, string>, inputs: string[]}>} name → text; paths of the sources
 *
 * @typedef {{name: string, kept?: boolean} & ({entries: readonly string[]} | {among: readonly string[], without?: string})} Group
 */
export async function bundle(options, groups) {
  const [{ entries: beginnings }] = groups;
  const graph = await readGraph(options, beginnings);
  const entriesOf = new Map(groups.map(({ name, entries = [] }) => [name, entries]));
  const inGroups = graph.reach([...entriesOf.values()].flat());
  const single = graph.late.filter((path) => !inGroups.has(path));
  const owners = new Map();
  for (const { name, entries, among, without } of groups) {
    const sharers = () => [...single.map((path) => [path]), ...among.map((group) => entriesOf.get(group))];
    const needs = (path) => [...graph.reach([path])].some((module) => owners.get(module) === without);
    const modules = among === undefined ? graph.reach(entries) : graph.sharedBy(sharers());
    for (const path of modules)
      if (!owners.has(path) && (without === undefined || !needs(path))) owners.set(path, name);
  }
  const alone = single.filter((path) => !owners.has(path));
  refuseTwins([...groups.map(({ name }) => name), ...alone.map(fileName)]);
  const places = new Map(graph.late.map((path) => [path, owners.get(path) ?? fileName(path)]));
  const seams = new Seams(owners, await readExports(options, [...owners.keys()]));
  const files = new Map();
  const inputs = [];
  const keptSoFar = new Map();
  const make = async (group, more) => {
    const plugins = [apart(options.absWorkingDir, seams, places, group?.name), ...options.plugins];
    const { outputFiles, metafile } = await build({ ...options, ...more, plugins });
    inputs.push(...Object.keys(metafile.inputs));
    const [facts] = Object.values(metafile.outputs);
    for (const { path, text } of outputFiles) {
      seams.note(text);
      if (group?.kept) {
        const { module, code, kept } = await keptChunk(group.name, text, facts, keptSoFar);
        keptSoFar.set(`./${group.name}.js`, kept);
        files.set(basename(path), module);
        files.set(kept.file, code);
      } else files.set(basename(path), text);
    }
  };
  await make(undefined, { entryPoints: Object.fromEntries(alone.map((path) => [fileName(path), path])) });
  // The last first: each tells what the earlier ones must export.
  for (const group of groups.toReversed()) {
    const entries = [...beginnings, ...graph.late].filter((path) => owners.get(path) === group.name);
    const contents = seams.entryText(group.name, entries);
    const stdin = { contents, resolveDir: options.absWorkingDir };
    await make(group, { entryNames: group.name, stdin, ...(group.kept ? { banner: {} } : {}) });
  }
  return { files, inputs };
}

/** awk-awk for shell/commands/awk/awk.ts. */
const fileName = (path) => path.replace(/^(?:shell\/commands|tui)\/|\.\w+$/g, '').replaceAll('/', '-');

function refuseTwins(names) {
  const twin = names.find((name, at) => names.indexOf(name) !== at);
  if (twin !== undefined) throw new Error(`two things in the bundle are called ${twin}`);
}

/** In our own modules a require() is an import within a call. */
const isLate = (kind, importer) =>
  kind === 'dynamic-import' || (kind === 'require-call' && !importer.includes('node_modules/'));

/** What plugins make up for Node's modules may be in every file. */
const isFile = (path) => !path.includes(':');

/** Who imports whom, as the bundler sees it. */
export async function readGraph(options, entryPoints) {
  const { metafile } = await build({ ...options, entryPoints, splitting: true });
  const { inputs } = metafile;
  const imports = (path, late) =>
    inputs[path].imports
      .filter(({ kind, external }) => !external && isLate(kind, path) === late)
      .map((entry) => entry.path);
  const reach = (from) => {
    const found = new Set();
    const visit = (path) => {
      if (found.has(path) || !isFile(path)) return;
      found.add(path);
      imports(path, false).forEach(visit);
    };
    from.forEach(visit);
    return found;
  };
  return {
    reach,
    late: [...new Set(Object.keys(inputs).flatMap((path) => imports(path, true).filter(isFile)))].sort(),
    /** What two of these lists of entries have in common. */
    sharedBy(lists) {
      const once = new Set();
      const again = (path) => once.has(path) || !once.add(path);
      return lists.flatMap((entries) => [...reach(entries)].filter(again));
    },
  };
}

/** Module → the names it exports. @returns {Promise<Map<string, string[]>>} */
async function readExports(options, paths) {
  const entryPoints = Object.fromEntries(paths.map((path, at) => [`m${at}`, path]));
  const { metafile } = await build({ ...options, entryPoints, bundle: false, logLevel: 'error' });
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]));
}

/** What files of the bundle import from each other: `name` of a module goes over the seam as `name$number`. */
class Seams {
  /** Group → the names that others import from it, as they are called on the way. @type {Map<string, Set<string>>} */
  #wanted = new Map();
  #owners;
  #exports;
  #paths;

  constructor(owners, exports) {
    this.#owners = owners;
    this.#exports = exports;
    this.#paths = [...owners.keys()];
  }

  owner(path) {
    return this.#owners.get(path);
  }

  /** Stands in for a module of another group. */
  moduleText(path) {
    const names = this.#exports.get(path);
    if (names.length === 0)
      throw new Error(`no other file can import ${path}: it is not known what it exports`);
    const number = this.#paths.indexOf(path);
    const list = names.map((name) => `${name}$${number} as ${name}`);
    return `export { ${list.join(', ')} } from './${this.owner(path)}.js';`;
  }

  /** Takes up which of these names are used in the end. */
  note(text) {
    for (const [, list, group] of text.matchAll(/\bimport\s*\{([^{}]+)\}\s*from\s*"\.\/(\w+)\.js"/g)) {
      const wanted = this.#wanted.get(group) ?? new Set();
      for (const item of list.split(',')) wanted.add(item.trim().split(' as ')[0]);
      this.#wanted.set(group, wanted);
    }
  }

  /** The module a group is bundled from. */
  entryText(group, entries) {
    refuseTwins(entries.flatMap((path) => this.#exports.get(path)));
    const wanted = [...(this.#wanted.get(group) ?? [])].sort().map((name) => {
      const [, original, number] = /^(.+)\$(\d+)$/.exec(name);
      return `export { ${original} as ${name} } from './${this.#paths[number]}';`;
    });
    return [...entries.map((path) => `export * from './${path}';`), ...wanted].join('\n');
  }
}

/** Sends imports of what belongs to other groups there, and late imports to the files of their modules. */
const apart = (root, seams, places, group) => ({
  name: 'apart',
  /** @param {import('esbuild').PluginBuild} builder */
  setup(builder) {
    builder.onResolve({ filter: /./, namespace: 'apart' }, ({ path }) => ({ path, external: true }));
    builder.onResolve({ filter: /./, namespace: 'file' }, async ({ path, kind, pluginData, ...where }) => {
      if (kind === 'entry-point' || pluginData === apart) return undefined;
      const resolved = /^\.\.?\//.test(path)
        ? join(where.resolveDir, path)
        : (await builder.resolve(path, { ...where, kind, pluginData: apart })).path;
      const module = relative(root, resolved);
      if (isLate(kind, where.importer))
        return places.has(module) ? { path: `./${places.get(module)}.js`, external: true } : undefined;
      const owner = seams.owner(module);
      return owner === undefined || owner === group ? undefined : { path: module, namespace: 'apart' };
    });
    builder.onLoad({ filter: /./, namespace: 'apart' }, ({ path }) => ({ contents: seams.moduleText(path) }));
  },
});
