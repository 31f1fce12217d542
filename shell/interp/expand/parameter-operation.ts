// The operations of ${name<operator>word}: defaults, removal, replacement, substrings, case, @-forms.
import { assignElement } from '../assign.ts';
import { chain, type Maybe } from '../maybe.ts';
import { compilePattern, patternSource } from '../pattern.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { type ParameterOperation, parseWord, type Word } from '../syntax.ts';
import { isName } from '../variables.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { badSubstitution } from './bad-substitution.ts';
import type { Context } from './context.ts';
import { type Expansion, mapValues } from './expansion.ts';
import { applyTransform } from './parameter-transform.ts';
import { joinPieces, type Piece, patternOf } from './pieces.ts';
import { emit, emitList, emitSubject, type Subject } from './subject.ts';
import { expandArithmeticText, wordPieces } from './word.ts';

/** Appends what the operation makes of the subject. */
export function applyOperation(shell: Shell, expansion: Expansion): Maybe<void> {
  const { operation } = expansion;
  switch (operation.type) {
    case 'Default':
      return applyDefault(shell, expansion, operation);
    case 'Remove':
      return chain(pattern(shell, operation.operand), (text) =>
        mapValues(shell, expansion, remover(operation.operator, text)),
      );
    case 'Replace':
      return applyReplace(shell, expansion, operation);
    case 'Slice':
      return applySlice(shell, expansion, operation);
    case 'CaseModification':
      return chain(operation.operand ? pattern(shell, operation.operand) : '?', (text) =>
        mapValues(shell, expansion, caseChanger(operation.operator, text)),
      );
    case 'Transform':
      return applyTransform(shell, expansion, operation.operand.text);
    case 'Unknown': {
      const [, operator = '', operand = ''] = /^(~~?)(.*)$/s.exec(operation.operator) ?? [];
      const word = parseWord(operand);
      return chain(word ? pattern(shell, word) : '?', (text) =>
        mapValues(shell, expansion, caseChanger(operator as '~' | '~~', text)),
      );
    }
    default:
      throw badSubstitution(shell, expansion.part.text);
  }
}

const pattern = (shell: Shell, word: Word): Maybe<string> =>
  chain(wordPieces(shell, word, { quoted: false, single: true }), patternOf);

function applyDefault(
  shell: Shell,
  expansion: Expansion,
  operation: Extract<ParameterOperation, { type: 'Default' }>,
): Maybe<void> {
  const { subject, context, out } = expansion;
  const { operator, operand } = operation;
  const value =
    subject.list === undefined
      ? subject.value
      : subject.list.length === 0
        ? undefined
        : subject.list.join(' ');
  const missing = value === undefined || (operator.startsWith(':') && value === '');
  const kind = operator.at(-1);
  if (kind === '+') return missing ? emitEmpty(context, out) : appendOperand(shell, operand, context, out);
  if (!missing) return emitSubject(shell, subject, context, out);
  if (kind === '-') return appendOperand(shell, operand, context, out);
  const single = wordPieces(shell, operand, { ...context, operand: true, single: true });
  return chain(single, (pieces) => {
    const text = joinPieces(pieces);
    if (kind === '?') throw missingError(shell, subject, operator, text);
    if (!isName(subject.name)) {
      throw new ShellError(
        shell.dialect === 'bash' ? `$${subject.name}: cannot assign in this way` : 'Bad variable name',
        { status: shell.dialect === 'bash' ? 1 : 2 },
      );
    }
    assignElement(shell, subject.name, subject.subscript, text);
    emit(text, context, out);
  });
}

// "${x+y}" is an empty field, ${x+y} is none, and neither is "${@+y}".
function emitEmpty(context: Context, out: Piece[]): void {
  if (context.quoted) out.push({ text: '', quoted: true, split: false });
}

function appendOperand(shell: Shell, operand: Word, context: Context, out: Piece[]): Maybe<void> {
  return chain(
    wordPieces(shell, operand, { ...context, operand: true, noTilde: context.quoted }),
    (pieces) => {
      if (context.quoted && pieces.length === 0 && !/[@*]/.test(operand.text)) emitEmpty(context, out);
      for (const piece of pieces) out.push(piece);
    },
  );
}

function missingError(shell: Shell, subject: Subject, operator: string, text: string): ShellError {
  const bash = shell.dialect === 'bash';
  const standard =
    operator === ':?'
      ? bash
        ? 'parameter null or not set'
        : 'parameter not set or null'
      : bash
        ? 'parameter not set'
        : 'parameter not set';
  return new ShellError(
    `${subject.name}${subject.subscript === undefined ? '' : `[${subject.subscript}]`}: ${text || standard}`,
    { status: bash ? shell.fatalStatus() : 2, scope: 'shell' },
  );
}

function remover(operator: '#' | '##' | '%' | '%%', text: string): (value: string) => string {
  const source = patternSource(text, { extended: true });
  const lazy = source.replaceAll('.*', '.*?');
  const shapes = {
    '#': new RegExp(`^(?:${lazy})`, 'sv'),
    '##': new RegExp(`^(?:${source})`, 'sv'),
    '%%': new RegExp(`(?:${source})$`, 'sv'),
    '%': new RegExp(`^(.*)(?:${source})$`, 'sv'),
  };
  const shape = shapes[operator];
  return operator === '%' ? (value) => value.replace(shape, '$1') : (value) => value.replace(shape, '');
}

function applyReplace(
  shell: Shell,
  expansion: Expansion,
  operation: Extract<ParameterOperation, { type: 'Replace' }>,
): Maybe<void> {
  return chain(pattern(shell, operation.pattern), (text) =>
    chain(wordPieces(shell, operation.replacement, { quoted: false, single: true }), (pieces) => {
      const replace = replacement(shell, pieces, operation.operator === '//');
      mapValues(shell, expansion, (value) =>
        text === '' && !/[#%]$/.test(operation.operator)
          ? value
          : value.replace(replaceShape(operation.operator, text, shell.dialect === 'bash'), replace),
      );
    }),
  );
}

function replaceShape(operator: '/' | '//' | '/#' | '/%', text: string, anchors: boolean): RegExp {
  // busybox knows no anchors: the sign is a part of the pattern.
  if (!anchors && operator.length === 2 && operator !== '//')
    return replaceShape('/', operator.slice(1) + text, true);
  const source = patternSource(text, { extended: true });
  const shapes = {
    '/': `(?:${source})`,
    '//': `(?:${source})`,
    '/#': `^(?:${source})`,
    '/%': `(?:${source})$`,
  };
  return new RegExp(shapes[operator], operator === '//' ? 'gsv' : 'sv');
}

// An unquoted & in the replacement stands for what matched (bash 5.2, patsub_replacement).
function replacement(shell: Shell, pieces: readonly Piece[], all: boolean) {
  const ampersand = shell.dialect === 'bash' && shell.state.shopted('patsub_replacement');
  return (match: string, ...rest: unknown[]): string => {
    const [offset, whole] = rest.slice(-2) as [number, string];
    if (all && match === '' && offset > 0 && offset === whole.length) return '';
    return pieces
      .map((piece) =>
        ampersand && !piece.quoted
          ? piece.text.replace(/\\&|&/g, (found) => (found === '&' ? match : '&'))
          : piece.text,
      )
      .join('');
  };
}

function applySlice(
  shell: Shell,
  expansion: Expansion,
  operation: Extract<ParameterOperation, { type: 'Slice' }>,
): Maybe<void> {
  if (operation.offset.text === '' && operation.length === undefined)
    throw badSubstitution(shell, expansion.part.text);
  return chain(expandArithmeticText(shell, operation.offset.text), (offsetText) =>
    chain(operation.length ? expandArithmeticText(shell, operation.length.text) : undefined, (lengthText) => {
      const offset = placeIn(shell, expansion, offsetText);
      const length = lengthText === undefined ? undefined : placeIn(shell, expansion, lengthText);
      sliceSubject(shell, expansion, offset, length, lengthText ?? '');
    }),
  );
}

/** An offset or a length; bash tells of what it is. */
function placeIn(shell: Shell, { part }: Expansion, text: string): number {
  try {
    return Number(evaluateArithmetic(shell, text));
  } catch (error) {
    if (!(error instanceof ShellError) || error.scope !== 'line' || shell.dialect !== 'bash') throw error;
    const subscript = part.index === undefined ? '' : `[${part.index.text}]`;
    throw error.from(`${part.prefix ?? ''}${part.parameter}${subscript}`);
  }
}

function sliceSubject(
  shell: Shell,
  { subject, context, out }: Expansion,
  offset: number,
  length: number | undefined,
  text: string,
): void {
  if (subject.list === undefined) {
    const characters = [...(subject.value ?? '')];
    const start = offset < 0 ? offset + characters.length : offset;
    const end =
      length === undefined ? characters.length : length < 0 ? characters.length + length : start + length;
    if (length !== undefined && length < 0 && end < start && start <= characters.length)
      throw new ShellError(`${text.trim()}: substring expression < 0`);
    emit(start < 0 ? '' : characters.slice(start, Math.max(start, end)).join(''), context, out);
    return;
  }
  if (length !== undefined && length < 0) throw new ShellError(`${text.trim()}: substring expression < 0`);
  const values = isName(subject.name) ? subject.list : [shell.state.name, ...subject.list];
  const start = offset < 0 ? offset + values.length : offset;
  emitList(
    shell,
    start < 0 ? [] : values.slice(start, length === undefined ? undefined : start + length),
    subject.star,
    context,
    out,
  );
}

function caseChanger(
  operator: '^' | '^^' | ',' | ',,' | '~' | '~~',
  text: string,
): (value: string) => string {
  const shape = compilePattern(text === '' ? '?' : text, { extended: true });
  const change = (char: string): string =>
    operator.startsWith('^') || (operator.startsWith('~') && char === char.toLowerCase())
      ? char.toUpperCase()
      : char.toLowerCase();
  const one = (char: string): string => (shape.test(char) ? change(char) : char);
  if (operator.length === 2) return (value) => [...value].map(one).join('');
  return (value) => {
    const [first, ...rest] = value;
    return first === undefined ? '' : one(first) + rest.join('');
  };
}
