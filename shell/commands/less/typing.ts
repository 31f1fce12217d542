// What is typed on the last line: a pattern, a command, or one more key after a first.

export interface Typing {
  readonly lead: string;
  readonly text: string;
}

export const leads: Readonly<Record<string, string>> = {
  '/': '/',
  '?': '?',
  '&': '&/',
  ':': ' :',
  '!': '!',
  '-': '-',
  m: 'set mark: ',
  "'": 'goto mark: ',
  '\x1b': 'ESC',
};
const ONE_KEY: ReadonlySet<string> = new Set([' :', '-', 'set mark: ', 'goto mark: ', 'ESC']);

interface Typed {
  /** What is typed further; undefined when that is over. */
  readonly typing: Typing | undefined;
  /** The whole of it. */
  readonly entered?: string;
}

export function typedOn(typing: Typing, key: string): Typed {
  const { lead, text } = typing;
  if (key === '\x03' || key === '\x07' || (key === '\x1b' && lead !== 'ESC')) return { typing: undefined };
  if (key === '\x7f' || key === '\b')
    return { typing: text === '' ? undefined : { lead, text: text.slice(0, -1) } };
  if (key === '\x15') return { typing: { lead, text: '' } };
  if (ONE_KEY.has(lead)) return { typing: undefined, entered: key };
  if (key === '\r' || key === '\n') return { typing: undefined, entered: text };
  if (/^(?:[/?]|&\/)$/.test(lead) && text === '' && key === '!')
    return { typing: { lead: `Non-match ${lead}`, text } };
  return { typing: /^<.+>$/.test(key) ? typing : { lead, text: text + key } };
}
