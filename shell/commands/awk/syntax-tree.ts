// An awk program as a tree.

import type { Place } from './token.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type ComparisonOperator = '<' | '<=' | '==' | '!=' | '>' | '>=';

export type Lvalue =
  | { readonly kind: 'name'; readonly name: string; readonly place: Place }
  | { readonly kind: 'field'; readonly index: Expression; readonly place: Place }
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly subscripts: readonly Expression[];
      readonly place: Place;
    };

export interface Getline {
  readonly kind: 'getline';
  readonly from: 'input' | 'file' | 'command';
  readonly source: Expression | undefined;
  readonly target: Lvalue | undefined;
}

export type Expression =
  | Lvalue
  | Getline
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  /** By itself it asks whether the record matches. */
  | { readonly kind: 'regex'; readonly source: string; readonly place: Place }
  | { readonly kind: 'group'; readonly inner: Expression }
  /** `(a, b)`: before `in`, or what print prints. */
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly place: Place }
  | {
      readonly kind: 'assign';
      readonly operator: ArithmeticOperator | undefined;
      readonly target: Lvalue;
      readonly value: Expression;
      readonly place: Place;
    }
  | {
      readonly kind: 'increment';
      readonly target: Lvalue;
      readonly by: 1 | -1;
      /** `++x`: the value after, not before. */
      readonly before: boolean;
    }
  | {
      readonly kind: 'choose';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly kind: 'logical';
      readonly operator: '&&' | '||';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-' | '+'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly place: Place;
    }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'concatenate'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'match';
      readonly negated: boolean;
      readonly text: Expression;
      readonly pattern: Expression;
      readonly place: Place;
    }
  | { readonly kind: 'in'; readonly subscripts: readonly Expression[]; readonly name: string }
  | Call;

export interface Call {
  readonly kind: 'call' | 'builtin';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly place: Place;
}

export interface Redirect {
  readonly mode: '>' | '>>' | '|';
  readonly target: Expression;
  readonly place: Place;
}

export interface Case {
  /** None: default. */
  readonly label: Expression | undefined;
  readonly body: readonly Statement[];
}

export type Statement =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'print' | 'printf';
      readonly args: readonly Expression[];
      readonly redirect: Redirect | undefined;
      readonly place: Place;
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly yes: Statement;
      readonly no: Statement | undefined;
    }
  | {
      readonly kind: 'loop';
      readonly start: Statement | undefined;
      readonly test: Expression | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
      /** `do`: the body comes before the first test. */
      readonly bodyFirst: boolean;
    }
  | { readonly kind: 'for-in'; readonly target: Lvalue; readonly name: string; readonly body: Statement }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'switch'; readonly value: Expression; readonly cases: readonly Case[] }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined; readonly place: Place }
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile'; readonly place: Place }
  | {
      readonly kind: 'delete';
      readonly name: string;
      readonly subscripts: readonly Expression[] | undefined;
    };

export interface Rule {
  readonly when: 'begin' | 'end' | 'record' | 'begin-file' | 'end-file';
  readonly pattern: Expression | undefined;
  /** The end of a range. */
  readonly until: Expression | undefined;
  /** None: print the record. */
  readonly body: Statement | undefined;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface Program {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}
