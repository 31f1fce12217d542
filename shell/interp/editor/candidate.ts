// What a word could become.

export interface Candidate {
  /** What is put into the line. */
  readonly text: string;
  /** What a list of candidates shows. */
  readonly label: string;
  /** Put behind the only candidate. */
  readonly suffix: string;
}
