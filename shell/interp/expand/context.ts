// Where a word stands, as far as its expansion depends on that.

export interface Context {
  /** Inside double quotes, or where no splitting happens and `"` keeps its meaning. */
  quoted: boolean;
  /** Unquoted literals are split too: the word of ${x:-word}. */
  operand?: boolean;
  /** ~ counts after each colon too. */
  assignment?: boolean;
  /** No tilde expansion (here-documents, patterns of ${x#...}). */
  noTilde?: boolean;
  /** The result is not split: "$*" joins, $@ too. */
  single?: boolean;
}
