// The tree of a parsed Go template.

import type { GoValue } from './go-value.ts';

/** An operand; `text` is how errors quote it, `at` its place for them. */
export type Operand = { readonly text: string; readonly at: number; readonly line: number } & (
  | { readonly kind: 'constant'; readonly value: GoValue }
  | { readonly kind: 'nil' }
  | { readonly kind: 'dot' }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'group'; readonly pipe: Pipe; readonly names: readonly string[] }
);
export interface Command {
  readonly operands: readonly [Operand, ...Operand[]];
  readonly text: string;
  readonly at: number;
  readonly line: number;
}
export interface Pipe {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly Command[];
}
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipe: Pipe }
  | BlockNode
  | TemplateCall
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' };
/** {{template "name" pipe}}; `text` is how errors quote it, `at` the place of the name. */
export interface TemplateCall {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: Pipe | undefined;
  readonly text: string;
  readonly at: number;
  readonly line: number;
}
export interface BlockNode {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}
