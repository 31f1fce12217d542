// Colours by file type and name: LS_COLORS, or GNU's own defaults.

import type { Process } from '../fs/process.ts';
import type { LsEntry } from './ls-entry.ts';
import type { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  di: '01;34',
  ln: '01;36',
  pi: '33',
  so: '01;35',
  bd: '01;33',
  cd: '01;33',
  ex: '01;32',
  su: '37;41',
  sg: '30;43',
  st: '37;44',
  ow: '34;42',
  tw: '30;42',
};

const COLOR_TERMINALS =
  /^(Eterm|ansi|.*color.*|con\d+x\d+.*|cons25|console|cygwin|.*direct.*|dtterm|gnome|hurd|jfbterm|konsole|kterm|linux|linux-c|mlterm|putty|rxvt.*|screen.*|st|terminator|tmux.*|vt100|xterm.*)$/;

/** Without LS_COLORS there is colour only on terminals that are known to have some. */
export const mayColor = ({ env }: Process): boolean =>
  Boolean(env.get('LS_COLORS') || env.get('COLORTERM')) || COLOR_TERMINALS.test(env.get('TERM') ?? '');

/** The names of kinds that LS_COLORS may give a colour to. */
const KNOWN = /^(lc|rc|ec|rs|no|fi|di|ln|pi|so|bd|cd|mi|or|ex|do|su|sg|st|ow|tw|ca|mh|cl)$/;

/** False, after a complaint, when LS_COLORS cannot be read: nothing is coloured then. */
export const colorsAreWell = async (out: Output): Promise<boolean> => {
  const rules = (out.process.env.get('LS_COLORS') ?? '').split(':').filter((rule) => rule !== '');
  const wrong = rules.find(
    (rule) => !/^(\*[^=]*|[^=*]{2})=/.test(rule) || (!KNOWN.test(rule.slice(0, 2)) && rule[0] !== '*'),
  );
  if (wrong === undefined) return true;
  const { status } = out;
  if (/^[^=*]{2}=/.test(wrong))
    await out.warn(`unrecognized prefix: ${quoteLocale(out.process, wrong.slice(0, 2))}`);
  await out.warn('unparsable value for LS_COLORS environment variable');
  out.status = status;
  return false;
};

const KINDS = { directory: 'di', symlink: 'ln', fifo: 'pi', socket: 'so', block: 'bd', char: 'cd' } as const;

/** Puts a name into the colour of its file. */
export type Painter = Pick<LsColors, 'paint'>;

export class LsColors {
  readonly #types: Record<string, string>;
  readonly #suffixes: readonly [suffix: string, color: string][];
  #started = false;

  /** `otherwise` stands for LS_COLORS where the environment has none. */
  constructor(process: Process, otherwise = '') {
    const text = process.env.get('LS_COLORS') ?? otherwise;
    const rules = text.split(':').flatMap((rule): [string, string][] => {
      const equals = rule.indexOf('=');
      return equals > 0 ? [[rule.slice(0, equals), rule.slice(equals + 1)]] : [];
    });
    this.#types = { ...DEFAULTS, ...Object.fromEntries(rules.filter(([key]) => !key.startsWith('*'))) };
    this.#suffixes = rules.flatMap(([key, color]): [string, string][] =>
      key.startsWith('*') ? [[key.slice(1), color]] : [],
    );
  }

  /** `text` in the colour of the entry; the first colour of a listing is preceded by a reset. */
  paint(text: string, entry: Pick<LsEntry, 'name' | 'stat' | 'targetStat'>, isTarget = false): string {
    const color = this.colorOf(entry, isTarget);
    if (color === undefined || /^0*$/.test(color)) return text;
    const reset = this.#started ? '' : '\x1b[0m';
    this.#started = true;
    return `${reset}\x1b[${color}m${text}\x1b[0m`;
  }

  /** The colour's numbers (`01;34`); undefined for none. */
  colorOf(
    { name, stat, targetStat }: Pick<LsEntry, 'name' | 'stat' | 'targetStat'>,
    isTarget: boolean,
  ): string | undefined {
    const types = this.#types;
    const { mode } = stat;
    if (stat.kind === 'symlink') {
      if (!targetStat && types.or && !isTarget) return types.or;
      if (types.ln === 'target' && targetStat) return this.colorOf({ name, stat: targetStat }, true);
      return types.ln;
    }
    if (stat.kind === 'directory') {
      const sticky = (mode & 0o1000) !== 0;
      const open = (mode & 0o002) !== 0;
      return (sticky && open && types.tw) || (open && types.ow) || (sticky && types.st) || types.di;
    }
    if (stat.kind !== 'file') return types[KINDS[stat.kind]];
    if ((mode & 0o4000) !== 0 && types.su) return types.su;
    if ((mode & 0o2000) !== 0 && types.sg) return types.sg;
    if ((mode & 0o111) !== 0 && types.ex) return types.ex;
    if (stat.nlink > 1 && types.mh && !/^0*$/.test(types.mh)) return types.mh;
    return this.#suffixes.findLast(([suffix]) => name.endsWith(suffix))?.[1] ?? types.fi;
  }
}
