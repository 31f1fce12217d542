// What busybox ash says where dash or bash say something else: its own builtins tell the line, applets that run inside
// the shell are signed with the shell's name alone. Measured with busybox 1.35.

type Rewording = readonly [theirs: RegExp, ash: string];

/** `$1` and on are parts of the message. The first that matches wins. */
const OWN: readonly Rewording[] = [
  [/^Illegal option -(.*)$/, 'illegal option -$1'],
  [/^(.*): bad trap$/, '$1: invalid signal specification'],
  [/^no job control$/, 'No current job'],
  [/^no current jobs?$/, 'No current job'],
  [/^cannot open (.*): No such file$/, "can't open '$1': No such file or directory"],
  [/^Usage: (.*)$/, 'usage: $1'],
];

const UMASK: readonly Rewording[] = [
  [/^Illegal option -(.*)$/, 'illegal option -$1'],
  [/^Illegal number: (.*)$/, 'illegal mode: $1'],
];

const APPLET: readonly Rewording[] = [
  [/^(.*): expected numeric value$/, "invalid number '$1'"],
  [/^%(.).*: invalid (?:conversion|directive).*$/, '%: invalid format'],
  [/^usage: printf .*$/s, 'usage: printf FORMAT [ARGUMENT...]'],
  [/^Illegal number: $/, 'bad number'],
  [/^Illegal number: (.*)$/, '$1: bad number'],
  [/^(.*): unexpected operator$/, '$1: unknown operand'],
  [/^(.*): invalid number$/, "invalid number '$1'"],
];

const KILL: readonly Rewording[] = [
  [/^(?:usage|Usage): kill.*$/s, 'you need to specify whom to kill'],
  [/^invalid signal number or name: (.*)$/, "bad signal name '$1'"],
  [/^(.*): invalid signal specification$/, "bad signal name '$1'"],
  [/^Illegal number: (.*)$/, "invalid number '$1'"],
];

/** Messages that name no builtin. */
const GENERAL: readonly Rewording[] = [
  [/^.*: division by 0 .*$/, 'divide by zero'],
  [
    /^.*: syntax error: (?:operand|expression) expected.*$|^.*: (?:syntax error|arithmetic syntax error|value too great for base).*\(error token.*$/,
    'arithmetic syntax error',
  ],
  [/^Syntax error: (.*) unexpected(.*)$/, 'syntax error: unexpected $1$2'],
  [/^cannot create (.*): File exists$/, "can't create $1: File exists"],
];

const BUILTINS =
  /^(\.|alias|bg|break|cd|chdir|command|continue|eval|exec|exit|export|fg|getopts|hash|jobs|let|local|pwd|read|readonly|return|set|shift|source|times|trap|type|umask|unalias|unset|wait): (.*)$/s;

const APPLETS = /^(printf|test|\[\[?|ulimit): (.*)$/s;

const reworded = (text: string, rules: readonly Rewording[]): string => {
  const rule = rules.find(([theirs]) => theirs.test(text));
  return rule ? text.replace(rule[0], rule[1]) : text;
};

/** The whole line, for a message as the other shells would end it. `line` is undefined where lines are not told. */
export const ashComplaint = (name: string, line: number | undefined, text: string): string => {
  const numbered = line === undefined ? '' : `line ${line}: `;
  const alias = /^(?:un)?alias: (.*): not found$/.exec(text);
  if (alias) return `${text.replace(/: not found$/, ' not found')}\n`;
  const sign = name.split('/').at(-1) ?? name;
  const applet = APPLETS.exec(text);
  if (applet) return `${sign}: ${reworded(applet[2] ?? '', APPLET)}\n`;
  const kill = /^kill: (.*)$/s.exec(text);
  if (kill && !(kill[1] ?? '').startsWith('%')) return `${sign}: ${reworded(kill[1] ?? '', KILL)}\n`;
  const own = kill ?? BUILTINS.exec(text);
  if (own === null)
    return `${name}: ${line === undefined || line === 0 ? '' : numbered}${reworded(text, GENERAL)}\n`;
  const [, word = '', message = ''] = kill ? ['', 'kill', kill[1]] : own;
  return `${name}: ${word}: ${numbered}${reworded(message, word === 'umask' ? UMASK : OWN)}\n`;
};
