// Operations by an interface that is node:fs, or looks like it.

import type * as NodeFs from 'node:fs';
import type { Operations } from '../side.ts';

type Like = Pick<
  typeof NodeFs,
  | 'openSync'
  | 'closeSync'
  | 'readFileSync'
  | 'writeFileSync'
  | 'statSync'
  | 'readdirSync'
  | 'renameSync'
  | 'unlinkSync'
>;

export const nodeLike = (fs: Like, home: string): Operations => ({
  home,
  create: (path) => fs.closeSync(fs.openSync(path, 'wx')),
  write: (path, bytes) => fs.writeFileSync(path, bytes),
  read: (path) => fs.readFileSync(path),
  stat: (path) => fs.statSync(path),
  readdir: (path) => fs.readdirSync(path),
  rename: (from, to) => fs.renameSync(from, to),
  unlink: (path) => fs.unlinkSync(path),
});
