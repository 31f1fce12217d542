// A text on a screen: its rows, where its top is, what is filtered and what is marked.

import type { RegexMatcher } from '../posix-regex.ts';
import { Document, type Look, type Row } from './document.ts';

export class Page {
  look: Look;
  lines: readonly string[] = [];
  protected bytes = 0;
  protected document: Document | undefined;
  protected columns = 80;
  protected height = 23;
  protected top = 0;
  /** A text shorter than the screen stands at its top until something moves. */
  protected short = true;
  protected filter: { readonly regex: RegexMatcher; readonly not: boolean } | undefined;
  protected pattern: RegexMatcher | undefined;
  protected highlights = true;
  protected help: { readonly lines: readonly string[]; readonly top: number } | undefined;
  /** The file has just been opened: its name is told. */
  fresh = true;

  constructor(look: Look) {
    this.look = look;
  }

  /** The same file, which may have grown. */
  refresh(text: string, bytes: number): void {
    this.lines = linesOf(text);
    this.bytes = bytes;
    this.document = undefined;
  }

  /** The line that an editor should begin at, from 1. */
  get line(): number {
    const rows = this.rows();
    return (rows[Math.min(Math.max(0, this.top) + (this.height >> 1), rows.length - 1)]?.line ?? 0) + 1;
  }

  get atEnd(): boolean {
    return this.top + this.height >= this.rows().length;
  }

  toEnd(): void {
    this.short = this.short && this.rows().length < this.height && this.top === 0;
    this.go(this.rows().length - this.height);
  }

  /** All of the text is on one screen (-F). */
  fits(columns: number, rows: number): boolean {
    return new Document(this.lines, columns, this.look).rows.length < rows;
  }

  /** `line`, from 1, at the top (+N). */
  goTo(line: number): void {
    const rows = this.rows();
    const at = rows.findIndex((row) => row.line >= line - 1);
    this.go(at === -1 ? rows.length - this.height : at);
  }

  protected shown(row: Row | undefined): string {
    if (row === undefined) return '~';
    return (this.document as Document).text(
      row,
      this.highlights && this.help === undefined ? this.pattern : undefined,
    );
  }

  protected rows(): readonly Row[] {
    const filter = this.help === undefined ? this.filter : undefined;
    const keeps = filter === undefined ? undefined : (line: string) => filter.regex.test(line) !== filter.not;
    this.document ??= new Document(this.help?.lines ?? this.lines, this.columns, this.look, keeps);
    return this.document.rows;
  }

  protected go(top: number): void {
    if (top !== 0) this.short = false;
    this.top = top;
  }

  /** The rows are made anew; the line at the top stays there. */
  protected again(): void {
    const line = this.rows()[this.top]?.line ?? 0;
    this.document = undefined;
    if (this.top > 0) this.goTo(line + 1);
  }

  protected seen(change: () => void): void {
    const before = this.top;
    change();
    if (this.top !== before) this.short = false;
    this.fresh = false;
  }
}

export const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
