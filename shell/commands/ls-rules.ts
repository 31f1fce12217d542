// What a listing is to look like: ls's options, read once.

export type Layout = 'long' | 'columns' | 'across' | 'commas' | 'lines';
type SortKey = 'name' | 'time' | 'size' | 'extension' | 'version' | 'width' | 'none';
export type TimeKind = 'mtime' | 'atime' | 'ctime' | 'btime';
type Indicators = 'none' | 'slash' | 'file-type' | 'classify';
export type QuotingStyle =
  | 'literal'
  | 'shell'
  | 'shell-always'
  | 'shell-escape'
  | 'shell-escape-always'
  | 'c'
  | 'c-maybe'
  | 'escape'
  | 'locale'
  | 'clocale';

export interface LsRules {
  readonly layout: Layout;
  readonly hidden: 'none' | 'almost' | 'all';
  readonly sort: SortKey;
  readonly reverse: boolean;
  readonly directoriesFirst: boolean;
  readonly time: TimeKind;
  readonly timeStyle: string;
  readonly indicators: Indicators;
  readonly quoting: QuotingStyle;
  /** -q: unprintable characters are question marks. */
  readonly question: boolean;
  readonly color: boolean;
  /** Names are links to the files (OSC 8). */
  readonly hyperlink: boolean;
  /** -D, in the long layout. */
  readonly dired: boolean;
  /** -Z: security contexts. */
  readonly context: boolean;
  /** The locale's characters are those of UTF-8. */
  readonly utf8: boolean;
  readonly inode: boolean;
  readonly blocks: boolean;
  readonly blockSize: number;
  /** Sizes in the long layout are counted in these; 1 but for --block-size. */
  readonly sizeUnit: number;
  /** What follows those numbers: `K` after --block-size=K. */
  readonly blockSuffix: string;
  readonly sizeSuffix: string;
  readonly human: 'no' | 'binary' | 'si';
  readonly numeric: boolean;
  readonly owner: boolean;
  readonly group: boolean;
  readonly author: boolean;
  /** -d: directories themselves. */
  readonly directory: boolean;
  readonly recursive: boolean;
  readonly dereference: 'never' | 'directories' | 'operands' | 'always';
  readonly ignore: readonly string[];
  readonly hide: readonly string[];
  readonly width: number;
  readonly tab: number;
  readonly end: '\n' | '\0';
}
