// The vfs driver: a snapshot is a directory with the whole tree, copied file by file from its parent. A change costs
// nothing more, because everything was copied before.

import { makeDirectory, removeTree } from '../files.ts';
import { DATA_ROOT, VFS_HOME } from '../paths.ts';
import { copyTree } from './copy-tree.ts';
import { WholeTreeDriver } from './whole-tree.ts';

export class Vfs extends WholeTreeDriver {
  readonly name = 'vfs';
  readonly shape = 'copies';

  status(): readonly (readonly [string, string])[] {
    return [];
  }

  layOut(): void {
    makeDirectory(this.process, `${DATA_ROOT}/vfs`, 0o710);
    makeDirectory(this.process, VFS_HOME, 0o710);
  }

  prepare(key: string, parent: string | undefined): void {
    const path = this.path(key);
    this.process.mkdir(path, 0o755);
    if (parent !== undefined) copyTree(this.process, this.path(parent), path);
  }

  has(key: string): boolean {
    return this.process.tryLstat(this.path(key)) !== undefined;
  }

  remove(key: string): void {
    removeTree(this.process, this.path(key));
  }

  path(key: string): string {
    return `${VFS_HOME}/${key}`;
  }
}
