// A program's options as a table.

interface OptionSpec {
  /** Short letters that mean the same: `rR`. */
  readonly short?: string;
  /** No entry: the option takes no value. An optional value must be attached. */
  readonly argument?: 'required' | 'optional';
  /** Further long names. */
  readonly alias?: readonly string[];
  /** The name itself is no long option. */
  readonly hidden?: boolean;
}

/** Long name → option; a key of one character is a short option without a long name. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;
