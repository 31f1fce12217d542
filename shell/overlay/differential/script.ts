// A script of file system calls that runs on both sides: on the real kernel and on cowsh.

/** The name of a call and its arguments; paths are relative to the script's own directory. */
export type Operation = readonly [name: string, ...args: (string | number)[]];

/** The value that the call gave, or its error. */
export type Result = unknown;

export interface Script {
  readonly operations: readonly Operation[];
  /** What the layers lie on; with 'several', inode numbers are not compared. */
  readonly backing: 'tmpfs' | 'ext4' | 'several';
}
