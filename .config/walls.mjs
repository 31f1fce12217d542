// The walls between the floors: which folder may import which, which packages a floor may use, and no import cycles.
// In the shell a module that is loaded late goes through `loading`, under which virtual time stands still.
// Run as a program it checks the working tree; `violations` is pure, and walls.test.ts shows that it can fail.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const shellFloors = {
  'shell/fs': [],
  'shell/overlay': ['shell/fs'],
  'shell/images': ['shell/fs'],
  'shell/engine': ['shell/images', 'shell/overlay', 'shell/fs'],
  'shell/commands': ['shell/engine', 'shell/images', 'shell/overlay', 'shell/fs'],
  'shell/interp': ['shell/commands', 'shell/engine', 'shell/images', 'shell/overlay', 'shell/fs'],
};
const insideShell = Object.keys(shellFloors);
const machine = [...insideShell];
const session = ['shell/machine', ...insideShell];

/** Floor → the floors it may import besides itself. `shell` is shell/index.ts, the only door from above. */
const floors = {
  ...shellFloors,
  'shell/machine': machine,
  'shell/session': session,
  shell: ['shell/session', ...session],
  scenarios: ['shell'],
  tui: ['scenarios', 'shell'],
};

/** Evaluating a tree is recursive, and so are the files that do it: cycles among them are no mistake. */
const recursive = 'shell/interp/';

/** A kernel has processes that have open files that have a kernel; a compiler's parts know the compiler: as types only. */
const typesInCircles = ['shell/fs/', 'shell/commands/awk/'];

/** Packages and Node modules a floor may use; tests, and what only tests import, may use any. */
const builtins = ['node:crypto', 'node:zlib', 'node:util', 'node:buffer'];
const hostFiles = ['node:fs', 'node:url', 'node:path'];
const packages = {
  shell: builtins,
  'shell/interp': [...builtins, 'unbash'],
  'shell/machine': [...builtins, ...hostFiles, 'node:module'],
  'shell/session': [...builtins, ...hostFiles],
  scenarios: [...builtins, ...hostFiles, 'node:fs/promises', 'marked'],
};

/**
 * @param {{path: string, text: string}[]} files sources, paths relative to the root with forward slashes
 * @returns {string[]} one sentence per broken wall, none when all is well
 */
export function violations(files) {
  const imports = files.flatMap(({ path, text }) => importsOf(path, text));
  const forTests = testOnly(imports);
  return [
    ...imports.flatMap((entry) => brokenWall(entry, forTests)),
    ...files.flatMap(({ path, text }) => uncoveredLoads(path, text)),
    ...cycles(imports),
  ];
}

/** The tables of programs hold imports that only loadCommand starts, and it does so under `loading`. */
const programTables = /^shell\/commands\/(?:index|[a-z]+-commands)\.ts$/;

function uncoveredLoads(path, text) {
  if (!path.startsWith('shell/') || isTest(path) || programTables.test(path)) return [];
  const loads = [...text.matchAll(/(?<!\bloading\(\s*|\btypeof )\bimport\(\s*'([^']+)'\s*\)(?!\.\w)/g)];
  return loads.map(([, target]) => `${path}: ${target} is not loaded under loading()`);
}

const importForms = [
  /^(?:import|export)\s+(?<type>type\s)?[^'";]*?\bfrom\s+'(?<target>[^']+)'/gm,
  /^import\s+'(?<target>[^']+)'/gm,
  /\bimport\(\s*'(?<target>[^']+)'\s*\)/g,
  /\bcreateRequire\(import\.meta\.url\)\('(?<target>[^']+)'\)/g,
];

function importsOf(path, text) {
  return importForms.flatMap((form, index) =>
    [...text.matchAll(form)].map(({ groups }) => ({
      from: path,
      to: groups.target.startsWith('.') ? posix.join(posix.dirname(path), groups.target) : groups.target,
      relative: groups.target.startsWith('.'),
      atLoad: index < 2 && !groups.type,
      asType: groups.type !== undefined,
    })),
  );
}

/** Comparisons with a real kernel and replays of its answers are tests that fill a folder. */
const isTest = (path) => /\.test\.tsx?$|\/(?:differential|replay)\//.test(path);

/** Files that tests import and nothing else does. */
function testOnly(imports) {
  const importers = Map.groupBy(imports, ({ to }) => to);
  const known = new Map();
  const serves = (path, trail = []) => {
    if (isTest(path)) return true;
    if (known.has(path) || trail.includes(path)) return known.get(path) ?? true;
    const users = importers.get(path) ?? [];
    const answer = users.length > 0 && users.every(({ from }) => serves(from, [...trail, path]));
    known.set(path, answer);
    return answer;
  };
  return serves;
}

function brokenWall({ from, to, relative }, forTests) {
  const floor = floorOf(from);
  if (floor === undefined) return [];
  if (!relative) return forTests(from) || mayUse(floor, to) ? [] : [`${from}: ${floor} may not use ${to}`];
  const target = floorOf(to);
  if (target === floor) return [];
  if (target === undefined || !floors[floor].includes(target))
    return [`${from}: ${floor} may not import ${to}`];
  return [];
}

function floorOf(path) {
  if (posix.dirname(path) === 'shell') return 'shell';
  const [top, room] = path.split('/');
  const floor = top === 'shell' ? `${top}/${room}` : top;
  return floor in floors ? floor : undefined;
}

function mayUse(floor, name) {
  if (floor === 'tui') return true;
  const allowed = packages[floor] ?? packages.shell;
  return allowed.includes(name);
}

/** Cycles among imports that are needed when a module loads, and, but for the kin above, among types. */
function cycles(imports) {
  const edges = new Map();
  const counts = ({ from, atLoad, asType }) =>
    atLoad || (asType && !typesInCircles.some((kin) => from.startsWith(kin)));
  for (const entry of imports.filter(({ relative, from }) => relative && !from.startsWith(recursive)))
    if (counts(entry)) edges.set(entry.from, [...(edges.get(entry.from) ?? []), entry.to]);
  const found = [];
  const done = new Set();
  const visit = (path, trail) => {
    if (trail.includes(path))
      found.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
    if (trail.includes(path) || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const paths = globSync('{shell,scenarios,tui}/**/*.{ts,tsx}', { cwd: root });
  const broken = violations(paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })));
  for (const line of broken) console.error(line);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
