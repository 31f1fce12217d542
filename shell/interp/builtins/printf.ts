// printf, with bash's -v and %q.

import { formatPrintf, type PrintfResult, WARNING } from '../../commands/printf-format.ts';
import { loading } from '../../fs/loading.ts';
import { assignElement } from '../assign.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import { backslashQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, refuse } from './builtin.ts';
import { withFewEscapes } from './few-escapes.ts';
import { showUsage } from './usage.ts';

export const printf: Builtin = {
  run(shell, argv) {
    let words = argv.slice(1);
    let target: string | undefined;
    if (shell.dialect === 'bash' && /^-v/.test(words[0] ?? '')) {
      target = words[0] === '-v' ? words[1] : words[0]?.slice(2);
      words = words.slice(words[0] === '-v' ? 2 : 1);
    }
    if (shell.dialect === 'bash') {
      if (target === undefined && /^-v$/.test(argv[1] ?? ''))
        return chain(refuse(shell, 'printf', '-v: option requires an argument'), () =>
          showUsage(shell, 'printf'),
        );
      if (target !== undefined && !/^[A-Za-z_]\w*(\[.+\])?$/s.test(target))
        return refuse(shell, 'printf', `\`${target}': not a valid identifier`, 2);
      if (words[0] !== '--' && /^-./.test(words[0] ?? ''))
        return chain(refuse(shell, 'printf', `-${words[0]?.[1]}: invalid option`), () =>
          showUsage(shell, 'printf'),
        );
    }
    if (words[0] === '--') words = words.slice(1);
    const [format, ...values] = words;
    if (format === undefined) {
      if (shell.dialect !== 'bash') return refuse(shell, 'printf', 'usage: printf format [arg ...]', 2);
      return showUsage(shell, 'printf');
    }
    const timed =
      shell.dialect === 'bash' && format.includes(')T')
        ? loading(import('../../commands/time-format.ts'))
        : undefined;
    return chain(timed, (times) => printNow(shell, { format, values, target, time: times?.formatTime }));
  },
};

interface Printing {
  format: string;
  values: readonly string[];
  /** The variable of -v. */
  target: string | undefined;
  time: ((format: string, time: bigint) => string) | undefined;
}

function printNow(shell: Shell, { format, values, target, time }: Printing): Maybe<number> {
  const printed = formatPrintf(shell.dialect === 'dash' ? withFewEscapes(format) : format, values, {
    bash: shell.dialect === 'bash',
    double: shell.dialect !== 'bash',
    ...(shell.dialect === 'bash' ? { quote: backslashQuote } : {}),
    ...(time === undefined ? {} : { time }),
    now: () => shell.now(),
  });
  const { text, errors } = printed;
  if (target !== undefined) {
    const shape = /^(\w+)(?:\[(.*)\])?$/s.exec(target);
    if (shape !== null) assignElement(shell, shape[1] as string, shape[2], text);
    return 0;
  }
  return chain(tell(shell, printed), (status) => {
    if (shell.dialect === 'dash' && errors.some((error) => error.includes('specification'))) return 2;
    return errors.some((error) => !error.startsWith(WARNING)) ? 1 : status;
  });
}

/** Complaints are told at once, the text at the end; but bash writes each line as soon as it is whole. */
function tell(shell: Shell, { text, errors, places }: PrintfResult): Maybe<number> {
  let written = 0;
  const told = inOrder(errors, (error, i) => {
    const whole = shell.dialect === 'bash' ? text.lastIndexOf('\n', (places[i] as number) - 1) + 1 : 0;
    const lines = places[i] === 0 ? '' : text.slice(written, whole);
    written = Math.max(written, whole);
    return chain(lines === '' ? 0 : print(shell, 'printf', lines), () =>
      shell.complain(`printf: ${inWords(error)}`),
    );
  });
  return chain(told, () => print(shell, 'printf', text.slice(written)));
}

/** dash leaves the article out that coreutils has. */
const inWords = (error: string): string =>
  error.replace('a numeric', 'numeric').replace('conversion specification', 'directive');
