import test from 'ava';
import { violations } from './walls.mjs';

const source = (path: string, text: string) => ({ path, text });

test('a lower floor may not import a higher one, not even a type', (t) => {
  const broken = violations([
    source('shell/fs/walk.ts', "import type { Layer } from '../overlay/layer.ts';\n"),
    source('shell/overlay/lookup.ts', "import {\n  images,\n} from '../engine/image-store.ts';\n"),
    source('shell/engine/layer-store.ts', "const late = await loading(import('../commands/cat.ts'));\n"),
  ]);
  t.deepEqual(broken, [
    'shell/fs/walk.ts: shell/fs may not import shell/overlay/layer.ts',
    'shell/overlay/lookup.ts: shell/overlay may not import shell/engine/image-store.ts',
    'shell/engine/layer-store.ts: shell/engine may not import shell/commands/cat.ts',
  ]);
});

test('a higher floor enters the shell by its door only', (t) => {
  const broken = violations([
    source('tui/app/main.tsx', "import { session } from '../../shell/index.ts';\n"),
    source('tui/app/pane.tsx', "import { Kernel } from '../../shell/fs/kernel.ts';\n"),
  ]);
  t.deepEqual(broken, ['tui/app/pane.tsx: tui may not import shell/fs/kernel.ts']);
});

test('the shell knows no screen and no host, its tests may know both', (t) => {
  const broken = violations([
    source('shell/session/session.ts', "import { render } from 'ink';\n"),
    source('shell/fs/kernel.ts', "import { readFileSync } from 'node:fs';\n"),
    source('shell/fs/kernel.test.ts', "import { real } from './real-kernel.ts';\n"),
    source('shell/fs/real-kernel.ts', "import { execFileSync } from 'node:child_process';\n"),
  ]);
  t.deepEqual(broken, [
    'shell/session/session.ts: shell/session may not use ink',
    'shell/fs/kernel.ts: shell/fs may not use node:fs',
  ]);
});

test('cycles are found, unless a late import breaks them, or a type where types are kin', (t) => {
  const broken = violations([
    source('shell/fs/a.ts', "import { b } from './b.ts';\nimport type { C } from './c.ts';\n"),
    source('shell/fs/b.ts', "import { a } from './a.ts';\n"),
    source('shell/fs/c.ts', "import { a } from './a.ts';\n"),
    source('shell/overlay/a.ts', "import type { B } from './b.ts';\n"),
    source('shell/overlay/b.ts', "import { a } from './a.ts';\nconst { c } = await import('./c.ts');\n"),
    source('shell/overlay/c.ts', "import { b } from './b.ts';\n"),
  ]);
  t.deepEqual(broken, [
    'shell/overlay/b.ts: ./c.ts is not loaded under loading()',
    'import cycle: shell/fs/a.ts → shell/fs/b.ts → shell/fs/a.ts',
    'import cycle: shell/overlay/a.ts → shell/overlay/b.ts → shell/overlay/a.ts',
  ]);
});

test('the shell loads modules where time stands still only', (t) => {
  const broken = violations([
    source('shell/commands/gzip.ts', "const { gzipBytes } = await import('./gzip-format.ts');\n"),
    source('shell/commands/man.ts', "const { names } = await loading(import('./index.ts'));\n"),
    source('shell/commands/text-commands.ts', "cut: async () => (await import('./cut.ts')).cut,\n"),
    source('shell/interp/syntax.ts', "let open: import('unbash').HereDoc | undefined;\n"),
    source('tui/cli.ts', "const { version } = await import('./version.ts');\n"),
  ]);
  t.deepEqual(broken, ['shell/commands/gzip.ts: ./gzip-format.ts is not loaded under loading()']);
});
