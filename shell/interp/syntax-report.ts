// Syntax errors in the words of bash, dash and busybox ash.
import type { Shell } from './shell.ts';
import type { SourceLines } from './source-lines.ts';
import { newlineIsUnexpected, type Parsed, type SyntaxFault } from './syntax.ts';

/** The lines that say what is wrong. `command` names the builtin it happened in, as in `bash: eval: line 1:`. */
export function syntaxErrorLines(
  shell: Shell,
  parsed: Parsed,
  lines: SourceLines,
  command?: string,
): string[] {
  const found = parsed.fault as SyntaxFault;
  const posix = shell.dialect !== 'bash';
  const fault =
    posix && !/\n[\s]*$/.test(parsed.source) ? atEnd(found, parsed.source) : refine(found, parsed.source);
  if (!posix) return bashLines(shell, fault, lines, command);
  const name = shell.state.name;
  const line = lines.lineOf(
    fault.kind === 'unclosed' ? parsed.source.length : Math.min(fault.pos, parsed.source.length),
  );
  const arithmetic = parsed.source.startsWith('$((', fault.pos);
  if (shell.dialect === 'ash')
    return [`${name}: ${shell.origin === 'c' ? '' : `line ${line}: `}${ashText(fault, arithmetic)}`];
  return [
    `${name}: ${line}: ${command === undefined ? '' : `${command}: `}Syntax error: ${dashText(fault, arithmetic)}`,
  ];
}

/** What dash and ash miss where the text ends without a newline. */
function atEnd(fault: SyntaxFault, source: string): SyntaxFault {
  if (fault.kind !== 'end') return fault;
  const expecting = /(^|[\s;])case\s*$/.test(source)
    ? 'word'
    : /(^|[\s;])for\s+\w+\s+in(\s[^;\n]*)?$|[<>]&?\s*$/.test(source)
      ? undefined
      : fault.expecting !== '"esac"'
        ? fault.expecting
        : /\sin\s*$/.test(source)
          ? '")"'
          : '";;"';
  return { kind: 'end', pos: fault.pos, ...(expecting === undefined ? {} : { expecting }) };
}

// `for` at the end of a line misses a word on that line: the newline is unexpected, not the end of file.
function refine(fault: SyntaxFault, source: string): SyntaxFault {
  if (fault.kind !== 'end' || !newlineIsUnexpected(source.slice(0, fault.pos).replace(/\n.*$/s, '')))
    return fault;
  return { kind: 'token', token: 'newline', pos: Math.max(0, source.trimEnd().length - 1) };
}

/** What bash starts its complaints about the grammar with, by the line that it tells. */
export function complaintPrefix(shell: Shell, command: string | undefined): (line: number) => string {
  const sourced = command !== undefined && command !== 'eval';
  const name = sourced ? command : shell.state.name;
  const context = sourced ? undefined : (command ?? (shell.origin === 'c' ? '-c' : undefined));
  const before = `${name}: ${context === undefined || shell.interactive ? '' : `${context}: `}`;
  return (line) => (shell.interactive ? before : `${before}line ${line}: `);
}

function bashLines(
  shell: Shell,
  fault: SyntaxFault,
  lines: SourceLines,
  command: string | undefined,
): string[] {
  const before = complaintPrefix(shell, command);
  if (fault.kind === 'end') {
    const line = lines.lineOf(lines.text.length) + (lines.text.endsWith('\n') ? 0 : 1);
    return [`${before(line)}syntax error: unexpected end of file`];
  }
  if (fault.kind === 'said') return [`${before(0).replace(/line 0: $/, '')}${fault.text}`];
  if (fault.kind === 'unclosed') {
    const line =
      lines.lineOf(fault.pos) +
      (fault.quote === ')' && !/\(\(|=\(/.test(lines.text.slice(fault.pos, fault.pos + 3)) ? 1 : 0);
    return [`${before(line)}unexpected EOF while looking for matching \`${fault.quote}'`];
  }
  const line = lines.lineOf(fault.pos);
  const near = `${before(line)}syntax error near unexpected token \`${fault.token}'`;
  return shell.interactive ? [near] : [near, `${before(line)}\`${lines.lineAt(fault.pos)}'`];
}

const unclosedInDash = {
  '"': 'Unterminated quoted string',
  "'": 'Unterminated quoted string',
  '`': 'EOF in backquote substitution',
  ')': 'end of file unexpected (expecting ")")',
  '}': "Missing '}'",
} as const;

function dashText(fault: SyntaxFault, arithmetic: boolean): string {
  if (fault.kind === 'unclosed')
    return fault.quote === ')' && arithmetic ? "Missing '))'" : unclosedInDash[fault.quote];
  if (fault.kind === 'said') return fault.text;
  if (fault.kind === 'end')
    return `end of file unexpected${fault.expecting === undefined ? '' : ` (expecting ${fault.expecting})`}`;
  if (fault.token === 'newline') return 'newline unexpected';
  if (/^[<>]/.test(fault.token)) return 'redirection unexpected';
  const quoted = /^[;&|()]|^(if|then|else|elif|fi|do|done|case|esac|for|while|until|in|[{}!])$/.test(
    fault.token,
  );
  return `${quoted ? `"${fault.token}"` : 'word'} unexpected${fault.expecting === undefined ? '' : ` (expecting ${fault.expecting})`}`;
}

function ashText(fault: SyntaxFault, arithmetic: boolean): string {
  if (fault.kind === 'unclosed')
    return fault.quote === '}'
      ? "syntax error: missing '}'"
      : fault.quote === '`'
        ? 'syntax error: EOF in backquote substitution'
        : arithmetic
          ? "syntax error: missing '))'"
          : fault.quote === ')'
            ? 'syntax error: unexpected end of file (expecting ")")'
            : 'syntax error: unterminated quoted string';
  if (fault.kind === 'end')
    return `syntax error: unexpected end of file${fault.expecting === undefined ? '' : ` (expecting ${fault.expecting})`}`;
  if (fault.kind === 'said')
    return `syntax error: ${fault.text.charAt(0).toLowerCase()}${fault.text.slice(1)}`;
  if (/^[<>]/.test(fault.token)) return 'syntax error: unexpected redirection';
  return `syntax error: unexpected ${fault.token === 'newline' ? 'newline' : `"${fault.token}"`}`;
}
