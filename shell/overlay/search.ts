// One lookup under way: what the layers above have said about the layers still to be asked.

import type { LayerFinding } from '../fs/trace.ts';

export interface Search {
  /** The name that was asked for. */
  readonly asked: string;
  /** No further layer is to be asked. */
  stop: boolean;
  /** The layer asked last hides everything below: a whiteout or an opaque directory. */
  opaque: boolean;
  isDirectory: boolean;
  /** The layer being asked is the last one: marks about layers below it do not matter. */
  last: boolean;
  /** The name or, from '/', the path to look for in the layers below. */
  redirect: string | undefined;
  /** What was found last has no data of its own. */
  metacopy: boolean;
  xwhiteouts: boolean;
  /** For the trace; undefined when nobody listens. */
  readonly findings: LayerFinding[] | undefined;
  answer: number | undefined;
}

export const newSearch = (asked: string, traced: boolean): Search => ({
  asked,
  stop: false,
  opaque: false,
  isDirectory: false,
  last: false,
  redirect: undefined,
  metacopy: false,
  xwhiteouts: false,
  findings: traced ? [] : undefined,
  answer: undefined,
});
