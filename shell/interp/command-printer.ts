// The walk over a tree that writes commands as bash prints them again; its doors stand in print-command.ts.
// It keeps bash's two oddities: here-documents wait for the next separator, and a list inside a function
// breaks lines where one outside stays on its line.
import { headerParts } from './arithmetic-header.ts';
import { forHead, printRedirection, printTest } from './print-parts.ts';
import type {
  AndOr,
  Case,
  CommandNode,
  CompoundList,
  FunctionNode,
  HereDoc,
  If,
  PipelineNode,
  Redirection,
  Statement,
  While,
  Word,
} from './syntax.ts';

const STEP = 4;

export class CommandPrinter {
  text = '';
  readonly #source: string;
  #indentation = 0;
  #skipIndent = 0;
  #insideFunction = 0;
  #connections = 0;
  #waiting: HereDoc[] = [];
  #wasHereDocument = false;

  /** `source` is the text that the tree was read from. */
  constructor(source: string) {
    this.#source = source;
  }

  functionBody({ body }: FunctionNode, head: string): void {
    this.text += head;
    this.#indent();
    this.text += '{ \n';
    this.#insideFunction++;
    this.#indentation += STEP;
    const inner = body.type === 'Redirected' && body.command.type === 'BraceGroup' ? body.command : body;
    if (inner.type === 'BraceGroup') this.#list(inner.body);
    else if (inner.type === 'CompoundList') this.#list(inner);
    else this.command(inner);
    this.#separate('');
    this.#indentation -= STEP;
    this.#insideFunction--;
    this.#newline('}');
    if (body.type === 'Redirected' && inner !== body) this.#redirects(body.redirects);
  }

  /** One command at the place where the text stands. */
  command(node: CommandNode): void {
    if (this.#skipIndent > 0) this.#skipIndent--;
    else this.#indent();
    if (node.type === 'Redirected') {
      this.#skipIndent++;
      this.command(node.command);
      this.#redirects(node.redirects);
    } else this.#plain(node);
  }

  #plain(node: Exclude<CommandNode, { type: 'Redirected' }>): void {
    switch (node.type) {
      case 'Command':
        this.text += [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix]
          .filter((item) => item.type === 'Word' || item.type === 'Assignment')
          .map((item) => withoutBlanks(item.text))
          .join(' ');
        return this.#redirects(node.redirects, this.text === '' ? '' : ' ');
      case 'If':
        return this.#if(node);
      case 'While':
        return this.#while(node);
      case 'For':
      case 'Select':
        this.text += `${forHead(node)};`;
        this.#newline('do\n');
        return this.#loopBody(node.body);
      case 'ArithmeticFor':
        this.text += `for ((${headerParts(this.#source, node)
          .map((part) => part.trim() || '1')
          .join('; ')}))`;
        this.#newline('do\n');
        return this.#loopBody(node.body);
      case 'Case':
        return this.#case(node);
      case 'BraceGroup':
        return this.#group(node.body);
      case 'Subshell':
        this.text += '( ';
        this.#skipIndent++;
        this.#list(node.body);
        this.#separate('');
        this.text += ' )';
        return;
      case 'TestCommand':
        this.text += `[[ ${printTest(node.expression)} ]]`;
        return;
      case 'ArithmeticCommand':
        this.text += `((${node.body}))`;
        return;
      case 'Function':
        return this.functionBody(node, `function ${node.name.text} () \n`);
      case 'Coproc':
        this.text += `coproc ${node.name?.text ?? 'COPROC'} `;
        this.#skipIndent++;
        return node.body.type === 'CompoundList' ? this.#list(node.body) : this.command(node.body);
    }
  }

  #list({ commands }: CompoundList | { commands: readonly Statement[] }): void {
    const connected = commands.length > 1 || commands[0]?.background === true;
    if (connected) this.#connections++;
    commands.forEach((statement, i) => {
      this.item(statement.command);
      const more = i < commands.length - 1;
      if (statement.background) this.#join(' &', more);
      else if (more) this.#semicolonBetween();
    });
    if (connected) {
      this.#separate('');
      this.#connections--;
    }
  }

  #join(text: string, more: boolean): void {
    const documents = this.#waiting.length > 0;
    this.#separate(text);
    if (!more) return;
    this.text += documents ? '  ' : ' ';
    this.#skipIndent++;
  }

  #semicolonBetween(): void {
    if (this.#waiting.length > 0) this.#separate(this.#insideFunction > 0 ? '' : ';');
    else if (this.#wasHereDocument) this.#wasHereDocument = false;
    else this.text += ';';
    if (this.#insideFunction > 0) {
      this.text += '\n';
      return;
    }
    this.text += ' ';
    this.#skipIndent++;
  }

  /** A command, a pipeline or an and-or list. */
  item(node: PipelineNode | AndOr): void {
    if (node.type === 'AndOr') return this.#andOr(node);
    if (node.type !== 'Pipeline') return this.command(node);
    if (this.#skipIndent > 0) this.#skipIndent--;
    else this.#indent();
    for (const prefix of node.prefixes)
      this.text += prefix.type === 'Negation' ? '! ' : `time ${prefix.posix === undefined ? '' : '-p '}`;
    this.#skipIndent++;
    if (node.commands.length > 1) this.#connections++;
    node.commands.forEach((command, i) => {
      this.command(command);
      if (node.operators[i] === '|&') this.text += ' 2>&1';
      if (i < node.commands.length - 1) this.#join(' |', true);
    });
    if (node.commands.length > 1) this.#connections--;
  }

  #andOr({ commands, operators }: AndOr): void {
    this.#connections++;
    commands.forEach((command, i) => {
      this.item(command);
      if (i === commands.length - 1) return;
      this.#separate(` ${operators[i]} `);
      this.#skipIndent++;
    });
    this.#connections--;
  }

  #if(node: If, from = 0): void {
    const branch = from === 0 ? node : node.elif[from - 1];
    if (branch === undefined) return;
    this.text += 'if ';
    this.#skipIndent++;
    this.#list(branch.clause);
    this.#separate('');
    this.#semicolon();
    this.text += ' then\n';
    this.#indented(() => this.#list(branch.then));
    const more = from < node.elif.length;
    if (more || node.else !== undefined) {
      this.#semicolon();
      this.#newline('else\n');
      this.#indented(() => {
        if (!more) return this.#list(node.else as CompoundList);
        this.#indent();
        this.#if(node, from + 1);
      });
    }
    this.#semicolon();
    this.#newline('fi');
  }

  #while({ kind, clause, body }: While): void {
    this.text += `${kind} `;
    this.#skipIndent++;
    this.#list(clause);
    this.#separate('');
    this.#semicolon();
    this.text += ' do\n';
    this.#loopBody(body);
  }

  #loopBody(body: CompoundList): void {
    this.#indented(() => this.#list(body));
    this.#semicolon();
    this.#newline('done');
  }

  #case({ word, items }: Case): void {
    this.text += `case ${word.text} in `;
    this.#indentation += STEP;
    for (const { pattern, body, terminator } of items) {
      this.#newline(`${pattern.map(({ text }: Word) => text).join(' | ')})\n`);
      this.#indented(() => this.#list(body));
      this.#newline(terminator ?? ';;');
    }
    this.#indentation -= STEP;
    this.#newline('esac');
  }

  #group(body: CompoundList): void {
    this.text += '{ ';
    if (this.#insideFunction > 0) {
      this.text += '\n';
      this.#indented(() => this.#list(body));
      this.#newline('}');
      return;
    }
    this.#skipIndent++;
    this.#list(body);
    this.#separate('');
    this.#semicolon();
    this.text += ' }';
  }

  #indented(print: () => void): void {
    this.#indentation += STEP;
    print();
    this.#separate('');
    this.#indentation -= STEP;
  }

  #redirects(redirects: readonly Redirection[], before = ' '): void {
    if (redirects.length === 0) return;
    const here = redirects.filter((redirect): redirect is HereDoc => redirect.type === 'HereDoc');
    const others = redirects.filter((redirect) => redirect.type !== 'HereDoc');
    if (others.length > 0) this.text += before + others.map(printRedirection).join(' ');
    if (here.length === 0) return;
    this.#waiting.push(...here);
    if (this.#connections === 0) this.#separate('');
  }

  /** A separator; the here-documents that wait for the end of their line come with it. */
  #separate(text: string): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const document of waiting) this.text += ` ${printRedirection(document)}`;
    this.text += text;
    if (waiting.length === 0) return;
    this.text += '\n';
    for (const { body, delimiter } of waiting) this.text += `${body.text}${delimiter?.value ?? ''}\n`;
    this.#wasHereDocument = true;
  }

  #semicolon(): void {
    if (!/[&\n]$/.test(this.text)) this.text += ';';
  }

  #newline(text: string): void {
    this.text += '\n';
    this.#indent();
    this.text += text;
  }

  #indent(): void {
    this.text += ' '.repeat(this.#indentation);
  }
}

/** A substitution of nothing holds nothing, whatever stood there. */
const withoutBlanks = (text: string): string =>
  /\$\(\s+\)/.test(text) && !text.includes("'") ? text.replace(/\$\(\s+\)/g, '$()') : text;
