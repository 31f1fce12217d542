// A file tree in memory: what a layer, the host or a package holds, before it is written to a disk.

interface Attributes {
  /** Permission bits, without the type. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** Where the bytes of a file come from. Only text takes memory. */
export type FileSource =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'program'; readonly program: string; readonly size: number }
  | { readonly kind: 'library'; readonly size: number }
  | { readonly kind: 'data'; readonly size: number };

export interface TreeFile extends Attributes {
  readonly kind: 'file';
  readonly source: FileSource;
}

export interface TreeSymlink extends Attributes {
  readonly kind: 'symlink';
  readonly target: string;
}

/** A second name of the file at `path` (absolute, in the same tree). */
export interface TreeLink extends Attributes {
  readonly kind: 'link';
  readonly path: string;
}

export interface TreeDevice extends Attributes {
  readonly kind: 'char' | 'block';
  readonly major: number;
  readonly minor: number;
}

export interface TreeDirectory extends Attributes {
  readonly kind: 'directory';
  readonly entries: Map<string, TreeNode>;
}

export type TreeNode = TreeFile | TreeSymlink | TreeLink | TreeDevice | TreeDirectory;

/** Every entry below `directory` with its absolute path, a directory before what it holds. */
export function* walkTree(directory: TreeDirectory, path = ''): Generator<[path: string, node: TreeNode]> {
  for (const [name, node] of directory.entries) {
    const at = `${path}/${name}`;
    yield [at, node];
    if (node.kind === 'directory') yield* walkTree(node, at);
  }
}
