// The machine's own busybox as oracle: the same command lines under `sh` in a small root directory there and here.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modeString } from '../../commands/mode-string.ts';
import { alone, runReal } from '../../commands/real-program.ts';
import { virtualClock } from '../../fs/clock.ts';
import { credentials } from '../../fs/credentials.ts';
import { makedev, S_IFCHR } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { elfImage } from '../../fs/program.ts';
import { shellStatus } from '../../fs/signal.ts';
import { createMachine, type Machine } from '../machine.ts';

export interface Answer {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const BUSYBOX = '/usr/bin/busybox';

const applets = (spawnSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).stdout ?? '')
  .split('\n')
  .filter(Boolean);

export const hasBusybox = applets.length > 0 && process.getuid?.() === 0;

const ENV = { PATH: '/bin', HOME: '/root', LC_ALL: 'C', TZ: 'UTC' };

const TEXTS = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/sbin/nologin\nwww:x:33:33::/var/www:/sbin/nologin\n',
  'etc/group': 'root:x:0:root\nbin:x:1:root,bin\nwww:x:33:\nnogroup:x:65533:\n',
} as const;

const DIRECTORIES = ['bin', 'dev', 'etc', 'root', 'tmp', 'work', 'sbin', 'home'] as const;

/** What is in an archive is compared by listing it: its bytes are made another way. */
const ARCHIVE = /\.(tar|t?gz)$/;

/** `kind mode owner links path content`, one line an entry. */
export type Tree = readonly string[];

const entry = (
  mode: number,
  uid: number,
  gid: number,
  nlink: number | string,
  path: string,
  content: string,
): string => `${modeString(mode)} ${uid}:${gid} ${nlink} ${path} ${ARCHIVE.test(path) ? '' : content}`;

/** A root directory of the machine, with busybox in it. */
export class RealRoot {
  readonly path = mkdtempSync(join(tmpdir(), 'cowsh-busybox-'));

  constructor() {
    for (const name of DIRECTORIES) mkdirSync(join(this.path, name));
    chmodSync(join(this.path, 'tmp'), 0o1777);
    copyFileSync(BUSYBOX, join(this.path, 'bin/busybox'));
    for (const name of applets)
      if (name !== 'busybox') symlinkSync('/bin/busybox', join(this.path, 'bin', name));
    for (const [path, text] of Object.entries(TEXTS)) writeFileSync(join(this.path, path), text);
    runReal(['mknod', '-m', '666', join(this.path, 'dev/null'), 'c', '1', '3']);
    runReal(['mknod', '-m', '666', join(this.path, 'dev/zero'), 'c', '1', '5']);
  }

  run(line: string): Answer {
    const ran = runReal(alone(['chroot', this.path, '/bin/sh', '-c', `cd /work; ${line}`]), {
      cwd: '/',
      env: { ...ENV, PATH: '/bin:/usr/bin:/usr/sbin:/sbin' },
      input: '',
      encoding: 'latin1',
    });
    return { line, stdout: ran.stdout, stderr: ran.stderr, status: ran.status ?? 255 };
  }

  tree(at = ''): Tree {
    const top = join(this.path, 'work', at);
    return readdirSync(top)
      .sort()
      .flatMap((name) => {
        const stat = lstatSync(join(top, name));
        const path = join(at, name);
        const content = stat.isFile()
          ? JSON.stringify(readFileSync(join(top, name), 'latin1'))
          : stat.isSymbolicLink()
            ? `-> ${readlinkSync(join(top, name))}`
            : '';
        const directory = stat.isDirectory();
        const line = entry(stat.mode, stat.uid, stat.gid, directory ? '' : stat.nlink, path, content);
        return directory ? [line, ...this.tree(path)] : [line];
      });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The same root directory on a machine of ours. */
export class SimulatedRoot {
  readonly machine: Machine = createMachine({ clock: virtualClock() });
  readonly #init: Process;

  constructor() {
    const { init } = this.machine;
    init.mkdir('/srv/root');
    this.#init = this.machine.kernel.newProcess(1, {
      ...init.inherited(),
      cred: credentials({ uid: 0, gid: 0, groups: [] }),
    });
    this.#init.chroot('/srv/root');
    this.#init.chdir('/');
    for (const name of DIRECTORIES) this.#init.mkdir(`/${name}`);
    this.#init.chmod('/tmp', 0o1777);
    this.#put('/bin/busybox', elfImage('busybox', 4096).read(0, 4096), 0o755);
    for (const name of applets) if (name !== 'busybox') this.#init.symlink('/bin/busybox', `/bin/${name}`);
    for (const [path, text] of Object.entries(TEXTS)) this.#put(`/${path}`, Buffer.from(text), 0o644);
    this.#init.mknod('/dev/null', S_IFCHR | 0o666, makedev(1, 3));
    this.#init.mknod('/dev/zero', S_IFCHR | 0o666, makedev(1, 5));
    this.#init.chdir('/work');
  }

  async run(line: string): Promise<Answer> {
    const init = this.#init;
    const [outRead, out] = init.pipe();
    const [errRead, err] = init.pipe();
    const [inRead, inWrite] = init.pipe();
    init.close(inWrite);
    const env = new Map(Object.entries({ ...ENV, PATH: '/bin:/usr/bin:/usr/sbin:/sbin' }));
    const child = init.spawn('/bin/sh', ['/bin/sh', '-c', line], {
      env,
      cwd: '/work',
      fds: { 0: inRead, 1: out, 2: err },
      defaultSignals: ['SIGPIPE'],
    });
    for (const fd of [inRead, out, err]) init.close(fd);
    const [stdout, stderr, status] = await Promise.all([
      this.#drain(outRead),
      this.#drain(errRead),
      child.exited,
    ]);
    return { line, stdout, stderr, status: shellStatus(status) };
  }

  tree(at = ''): Tree {
    const top = join('/work', at);
    return this.#init
      .readdir(top)
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => {
        const full = join(top, name);
        const path = join(at, name);
        const stat = this.#init.lstat(full);
        const directory = stat.kind === 'directory';
        const line = entry(
          stat.mode,
          stat.uid,
          stat.gid,
          directory ? '' : stat.nlink,
          path,
          this.#content(full),
        );
        return directory ? [line, ...this.tree(path)] : [line];
      });
  }

  #content(path: string): string {
    const { kind, size } = this.#init.lstat(path);
    if (kind === 'symlink') return `-> ${this.#init.readlink(path)}`;
    if (kind !== 'file') return '';
    const fd = this.#init.open(path, O.RDONLY);
    const bytes = this.#init.pread(fd, size, 0);
    this.#init.close(fd);
    return JSON.stringify(Buffer.from(bytes).toString('latin1'));
  }

  #put(path: string, bytes: Uint8Array, mode: number): void {
    const fd = this.#init.open(path, O.WRONLY | O.CREAT, mode);
    void this.#init.write(fd, bytes);
    this.#init.close(fd);
  }

  async #drain(fd: number): Promise<string> {
    const parts: Buffer[] = [];
    for (;;) {
      const chunk = await this.#init.read(fd, 65_536);
      if (chunk.length === 0) break;
      parts.push(Buffer.from(chunk));
    }
    this.#init.close(fd);
    return Buffer.concat(parts).toString('latin1');
  }
}

/** Usage texts are our own words: what busybox's layout fixes is the banner, and the line that begins with Usage. */
export const steady = (text: string): string => {
  const banner = text.indexOf('BusyBox v');
  const usage = /^Usage: .*$/m.exec(text)?.[0];
  if (banner < 0 || usage === undefined) return text.replace(/\b(Cu|tmp\.)[A-Za-z0-9]{6}\b/g, '$1XXXXXX');
  return `${text.slice(0, banner)}BusyBox vX multi-call binary.\n\n${usage}\n`;
};
