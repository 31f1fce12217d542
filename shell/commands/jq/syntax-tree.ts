// A jq program as a tree.

import type { Json } from './json.ts';
import type { Place } from './lexer.ts';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';
export type UpdateOperator = '=' | '|=' | '+=' | '-=' | '*=' | '/=' | '%=' | '//=';

/** What `as` binds: a variable, or parts of an array or an object. */
export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | {
      readonly kind: 'object';
      readonly entries: readonly {
        readonly key: Filter;
        /** `$name` as the key binds the value as well. */
        readonly variable: string | undefined;
        readonly value: Pattern | undefined;
      }[];
    };

export interface Definition {
  readonly name: string;
  /** `$x` is a value, anything else a filter. */
  readonly parameters: readonly string[];
  readonly body: Filter;
}

export type Filter =
  | { readonly kind: 'identity' }
  | { readonly kind: 'recurse' }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'index'; readonly target: Filter; readonly key: Filter }
  | {
      readonly kind: 'slice';
      readonly target: Filter;
      readonly from: Filter | undefined;
      readonly to: Filter | undefined;
    }
  | { readonly kind: 'iterate'; readonly target: Filter }
  | { readonly kind: 'try'; readonly body: Filter; readonly handler: Filter | undefined }
  | {
      readonly kind: 'string';
      readonly format: string | undefined;
      readonly parts: readonly (string | Filter)[];
    }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'array'; readonly items: Filter | undefined }
  | {
      readonly kind: 'object';
      readonly entries: readonly { readonly key: Filter; readonly value: Filter }[];
    }
  | { readonly kind: 'negate'; readonly operand: Filter }
  | { readonly kind: 'pipe'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'comma'; readonly left: Filter; readonly right: Filter }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Filter;
      readonly right: Filter;
    }
  | { readonly kind: 'and' | 'or' | 'alternative'; readonly left: Filter; readonly right: Filter }
  | {
      readonly kind: 'update';
      readonly operator: UpdateOperator;
      readonly left: Filter;
      readonly right: Filter;
    }
  | { readonly kind: 'if'; readonly test: Filter; readonly yes: Filter; readonly no: Filter }
  | {
      readonly kind: 'reduce';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly step: Filter;
    }
  | {
      readonly kind: 'foreach';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly step: Filter;
      readonly extract: Filter | undefined;
    }
  | { readonly kind: 'define'; readonly definition: Definition; readonly rest: Filter }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[]; readonly place: Place }
  | { readonly kind: 'variable'; readonly name: string; readonly place: Place }
  | {
      readonly kind: 'bind';
      readonly source: Filter;
      readonly patterns: readonly Pattern[];
      readonly body: Filter;
    }
  | { readonly kind: 'label'; readonly name: string; readonly body: Filter }
  | { readonly kind: 'break'; readonly name: string };
