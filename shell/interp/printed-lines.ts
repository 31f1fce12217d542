// The text of printed commands: how deep its lines are indented, and the here-documents that wait for the end of theirs.
import type { HereDoc } from './syntax.ts';

const STEP = 4;

export class PrintedLines {
  text = '';
  protected indentation = 0;
  /** So many beginnings of commands stand on a line that has begun. */
  protected skipIndent = 0;
  protected waiting: HereDoc[] = [];
  /** The last thing was a here-document, and needs no separator. */
  protected wasHereDocument = false;

  /** The beginning of a command. */
  protected start(): void {
    if (this.skipIndent > 0) this.skipIndent--;
    else this.indent();
  }

  protected indented(print: () => void): void {
    this.indentation += STEP;
    print();
    this.separate('');
    this.indentation -= STEP;
  }

  /** A separator; the here-documents that wait for the end of their line come behind it. */
  protected separate(text: string): void {
    const waiting = this.waiting;
    this.waiting = [];
    this.text += text;
    if (waiting.length === 0) return;
    this.text += '\n';
    for (const { operator, body, delimiter } of waiting) {
      const lines = operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
      this.text += `${lines}${delimiter?.value ?? ''}\n`;
    }
    this.wasHereDocument = true;
  }

  protected semicolon(): void {
    if (!/[&\n]$/.test(this.text)) this.text += ';';
  }

  protected newline(text: string): void {
    this.text += '\n';
    this.indent();
    this.text += text;
  }

  protected indent(): void {
    this.text += ' '.repeat(this.indentation);
  }
}
