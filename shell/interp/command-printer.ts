// The walk over a tree that writes commands as bash prints them again; its doors stand in print-command.ts.
// It keeps bash's oddities: here-documents wait for the next separator, a list inside a function breaks lines where one
// outside stays on its line, and one in a substitution breaks them where it was broken.
import { headerText, partsOf } from './arithmetic-header.ts';
import { forHead, printRedirection, printTest } from './print-parts.ts';
import { PrintedLines } from './printed-lines.ts';
import { printedText, printedWord, type Source, type SubstitutionPrinter, sourceAt } from './printed-text.ts';
import type {
  AndOr,
  ArithmeticFor,
  Assignment,
  Case,
  CommandNode,
  CompoundList,
  FunctionNode,
  If,
  ParsedScript,
  PipelineNode,
  Redirection,
  Statement,
  While,
  Word,
} from './syntax.ts';

export class CommandPrinter extends PrintedLines {
  readonly #source: Source;
  readonly #substitution: boolean;
  #insideFunction = 0;
  #connections = 0;

  /** `source` is the text that the tree was read from, `substitution` tells that it stood in $(...). */
  constructor(source: Source, substitution = false) {
    super();
    this.#source = source;
    this.#substitution = substitution;
  }

  script({ commands }: ParsedScript): void {
    this.skipIndent++;
    this.#list({ commands });
    this.separate('');
  }

  functionBody({ body }: FunctionNode, head: string): void {
    this.text += head;
    this.indent();
    this.text += '{ \n';
    this.#insideFunction++;
    const inner = body.type === 'Redirected' && body.command.type === 'BraceGroup' ? body.command : body;
    this.indented(() => {
      if (inner.type === 'BraceGroup') this.#list(inner.body);
      else if (inner.type === 'CompoundList') this.#list(inner);
      else this.command(inner);
    });
    this.#insideFunction--;
    this.newline('}');
    this.wasHereDocument = false;
    if (body.type === 'Redirected' && inner !== body) this.#redirects(body.redirects);
  }

  /** One command at the place where the text stands. */
  command(node: CommandNode): void {
    this.start();
    if (node.type === 'Redirected') {
      this.skipIndent++;
      this.command(node.command);
      this.#redirects(node.redirects);
    } else this.#plain(node);
  }

  #plain(node: Exclude<CommandNode, { type: 'Redirected' }>): void {
    switch (node.type) {
      case 'Command':
        this.text += [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix]
          .filter((item) => item.type === 'Word' || item.type === 'Assignment')
          .map(wordText)
          .join(' ');
        return this.#redirects(node.redirects, this.text === '' ? '' : ' ');
      case 'If':
        return this.#if(node);
      case 'While':
        return this.#while(node);
      case 'For':
      case 'Select':
        this.text += `${forHead(node, wordText)};`;
        this.newline('do\n');
        return this.#loopBody(node.body);
      case 'ArithmeticFor':
        this.text += `for ((${this.#header(node)}))`;
        this.newline('do\n');
        return this.#loopBody(node.body);
      case 'Case':
        return this.#case(node);
      case 'BraceGroup':
        return this.#group(node.body);
      case 'Subshell':
        this.text += '( ';
        this.skipIndent++;
        this.#list(node.body);
        this.separate('');
        this.text += ' )';
        return;
      case 'TestCommand':
        this.text += `[[ ${printTest(node.expression, wordText)} ]]`;
        return;
      case 'ArithmeticCommand':
        this.text += `((${printedText(node.body, node.pos + 2, [node], printSubstitution)}))`;
        return;
      case 'Function':
        return this.functionBody(node, `function ${node.name.text} () \n`);
      case 'Coproc':
        this.text += `coproc ${node.name?.text ?? 'COPROC'} `;
        this.skipIndent++;
        return node.body.type === 'CompoundList' ? this.#list(node.body) : this.command(node.body);
    }
  }

  #header(node: ArithmeticFor): string {
    const { initialize, test, update } = node;
    const children = [initialize, test, update].filter((part) => part !== undefined);
    return partsOf(printedText(headerText(this.#source, node), node.pos, children, printSubstitution))
      .map((part) => part.trim() || '1')
      .join('; ');
  }

  #list({ commands }: CompoundList | { commands: readonly Statement[] }): void {
    const connected = commands.length > 1 || commands[0]?.background === true;
    if (connected) this.#connections++;
    commands.forEach((statement, i) => {
      this.item(statement.command);
      if (i > 0 && !statement.background) this.separate('');
      const more = i < commands.length - 1;
      if (statement.background) this.#join(' &', more);
      else if (more) this.#between(statement, commands[i + 1] as Statement);
    });
    if (connected) {
      this.separate('');
      this.#connections--;
    }
  }

  #join(text: string, more: boolean): void {
    const documents = this.waiting.length > 0;
    this.separate(text);
    if (!more) return;
    this.text += documents ? '  ' : ' ';
    this.skipIndent++;
  }

  /** What stands between two commands of a list: a semicolon, in a substitution also the line break that stood there. */
  #between({ command }: Statement, next: Statement): void {
    const broken = this.#substitution && !/^(?:[ \t]|\\\n)*;/.test(this.#source.slice(command.end, next.pos));
    const inside = this.#insideFunction > 0;
    if (this.waiting.length > 0) {
      this.separate(inside || this.#substitution ? '' : ';');
      if (broken) this.text += '\n';
    } else if (this.wasHereDocument) {
      this.wasHereDocument = false;
      if (broken) this.text += '\n';
    } else this.text += broken ? '\n' : ';';
    if (inside) {
      this.text += '\n';
      return;
    }
    if (!broken) this.text += ' ';
    this.skipIndent++;
  }

  /** A command, a pipeline or an and-or list. */
  item(node: PipelineNode | AndOr): void {
    if (node.type === 'AndOr') return this.#andOr(node);
    if (node.type !== 'Pipeline') return this.command(node);
    this.start();
    for (const prefix of node.prefixes)
      this.text += prefix.type === 'Negation' ? '! ' : `time ${prefix.posix === undefined ? '' : '-p '}`;
    this.skipIndent++;
    if (node.commands.length > 1) this.#connections++;
    node.commands.forEach((command, i) => {
      this.command(command);
      if (node.operators[i] === '|&') this.text += ' 2>&1';
      if (i < node.commands.length - 1) this.#join(' |', true);
    });
    if (node.commands.length === 1) return;
    this.separate('');
    this.#connections--;
  }

  #andOr({ commands, operators }: AndOr): void {
    this.#connections++;
    commands.forEach((command, i) => {
      this.item(command);
      if (i === commands.length - 1) return;
      this.separate(` ${operators[i]} `);
      this.skipIndent++;
    });
    this.separate('');
    this.#connections--;
  }

  #if(node: If, from = 0): void {
    const branch = from === 0 ? node : node.elif[from - 1];
    if (branch === undefined) return;
    this.text += 'if ';
    this.skipIndent++;
    this.#list(branch.clause);
    this.semicolon();
    this.text += ' then\n';
    this.indented(() => this.#list(branch.then));
    const more = from < node.elif.length;
    if (more || node.else !== undefined) {
      this.semicolon();
      this.newline('else\n');
      this.indented(() => {
        if (!more) return this.#list(node.else as CompoundList);
        this.indent();
        this.#if(node, from + 1);
      });
    }
    this.semicolon();
    this.newline('fi');
  }

  #while({ kind, clause, body }: While): void {
    this.text += `${kind} `;
    this.skipIndent++;
    this.#list(clause);
    this.separate('');
    this.semicolon();
    this.text += ' do\n';
    this.#loopBody(body);
  }

  #loopBody(body: CompoundList): void {
    this.indented(() => this.#list(body));
    this.semicolon();
    this.newline('done');
  }

  #case({ word, items }: Case): void {
    this.text += `case ${wordText(word)} in `;
    this.indented(() => {
      for (const { pattern, body, terminator } of items) {
        this.newline(`${pattern.map(wordText).join(' | ')})\n`);
        this.indented(() => this.#list(body));
        this.newline(terminator ?? ';;');
      }
    });
    this.newline('esac');
  }

  #group(body: CompoundList): void {
    this.text += '{ ';
    if (this.#insideFunction > 0) {
      this.text += '\n';
      this.indented(() => this.#list(body));
      this.newline('}');
      return;
    }
    this.skipIndent++;
    this.#list(body);
    this.separate('');
    this.semicolon();
    this.text += ' }';
  }

  #redirects(redirects: readonly Redirection[], before = ' '): void {
    if (redirects.length === 0) return;
    this.wasHereDocument = false;
    this.text += before + redirects.map((redirect) => printRedirection(redirect, wordText)).join(' ');
    this.waiting.push(...redirects.filter((redirect) => redirect.type === 'HereDoc'));
    if (this.#connections === 0) this.separate('');
  }
}

/** A substitution that is laid out anew, with its parentheses. */
export const printSubstitution: SubstitutionPrinter = ({ script, text, pos }) => {
  const printer = new CommandPrinter(sourceAt(text, pos), true);
  if (script !== undefined) printer.script(script);
  // `$((` would be a sum.
  return `${text.slice(0, 2)}${printer.text.startsWith('(') ? ' ' : ''}${printer.text})`;
};

const wordText = (word: Word | Assignment): string => printedWord(word, printSubstitution);
