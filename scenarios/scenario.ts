// A scenario: a Markdown document as a row of steps, each a piece of narration and then something done.

export interface Scenario {
  readonly title: string;
  /** Ids of the claims the document shows, from its `<!-- claims: … -->` comments. */
  readonly claims: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  /** What is told before the action; empty between two commands of one block. */
  readonly narration: readonly Block[];
  /** Absent in the last step when the document ends with words. */
  readonly action?: Action;
}

export type Action =
  /** Typed at the prompt; several lines when the command goes on. */
  | {
      readonly kind: 'command';
      readonly line: number;
      readonly command: string;
      readonly expected?: Expected;
    }
  /** Written into the shell's working directory. */
  | { readonly kind: 'file'; readonly line: number; readonly name: string; readonly text: string }
  /** What the upper layers of containers must hold. */
  | { readonly kind: 'layers'; readonly line: number; readonly uppers: readonly Upper[] };

export interface Expected {
  /** Lines of output, with the wildcards of output-pattern.ts; undefined: any output. */
  readonly output: readonly string[] | undefined;
  readonly status: number;
}

/** One line of a `layers` block. */
export interface Upper {
  readonly line: number;
  readonly container: string;
  readonly sign: UpperSign;
  /** Absolute, as the container sees it; '' for the sign `empty`. */
  readonly path: string;
}

/** `has` a file or directory, a `whiteout`, an `opaque` directory, `lacks` the name, or is `empty`. */
export type UpperSign = 'has' | 'whiteout' | 'opaque' | 'lacks' | 'empty';

/** A paragraph-sized piece of text. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'quote' | 'code';
  /** 1 to 6 for a heading, nesting depth from 1 for an item; 0 otherwise. */
  readonly level: number;
  readonly spans: readonly Span[];
}

export interface Span {
  readonly text: string;
  readonly style: 'plain' | 'strong' | 'emphasis' | 'code' | 'link';
}

/** What is wrong with a document, and where. Lines count from 1. */
export interface ScenarioProblem {
  readonly line: number;
  readonly text: string;
}

/** What a fenced block does, and what is wrong with it. */
export interface FenceActions {
  readonly actions: readonly Action[];
  readonly problems: readonly ScenarioProblem[];
}

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly ScenarioProblem[] };
