// awk's arrays.

import type { Value } from './value.ts';

export class AwkArray {
  readonly elements = new Map<string, Value>();
}

/** What a slot of a function call holds. */
export type Local = Value | AwkArray;
export type Locals = Local[];
