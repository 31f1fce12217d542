// COPY and ADD in BuildKit: sources and here-documents are written onto a layer.

import { O } from '../../../fs/open-flags.ts';
import type { Process } from '../../../fs/process.ts';
import { makeDirectories } from '../../files.ts';
import { joinPath, parentPath } from '../../go-path.ts';
import { copyIntoLayer } from '../copy-files.ts';
import { ownerFor } from '../copy-owner.ts';
import type { SourceTree } from '../source-tree.ts';
import { kitSources } from './kit-sources.ts';
import type { Operation } from './vertex.ts';

type Copy = Extract<Operation, { readonly kind: 'copy' }>;

const DOCUMENT_MODE = 0o644;

/** Throws FsError, ArchiveError, BuildError. */
export const fillCopy = (inside: Process, operation: Copy, tree: SourceTree | undefined): void => {
  const { from, destination, chown, command } = operation;
  const mode = modeOf(operation.chmod);
  const owner = ownerFor(inside, chown);
  if (tree !== undefined) {
    const kept = tree.inImage === true && chown === '';
    copyIntoLayer(inside, kitSources(tree, from.words), destination, kept ? 'kept' : owner, {
      unpacks: command === 'ADD',
      mode,
    });
  }
  for (const [name, text] of from.documents) {
    const path = destination.endsWith('/') ? joinPath(destination, name) : destination;
    makeDirectories(inside, parentPath(path), 0o755);
    const fd = inside.open(path, O.WRONLY | O.CREAT | O.TRUNC, DOCUMENT_MODE);
    inside.pwrite(fd, new TextEncoder().encode(text), 0);
    inside.close(fd);
    inside.chmod(path, mode ?? DOCUMENT_MODE);
    inside.chown(path, owner.uid, owner.gid);
  }
};

/** What is no octal number counts as nothing said. */
const modeOf = (text: string): number | undefined =>
  /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
