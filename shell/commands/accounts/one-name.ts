// The command line of shadow-utils' programs: options, and one name.

import type { Command } from '../command.ts';
import { type NameOf, type Options, type OptionTable, parseOptions, printHelp } from '../options.ts';
import type { Output } from '../output.ts';

const USAGE = 2;

type Table = OptionTable & { readonly help: OptionTable[string] };

export interface Named<T extends OptionTable> {
  readonly name: string;
  readonly parsed: Options<NameOf<T>>;
}

/** The name and the options; or the exit status, after the help or a complaint. `enough` may ask for more. */
export const readName = async <T extends Table>(
  out: Output,
  command: Command,
  argv: readonly string[],
  table: T,
  enough: (parsed: Options<NameOf<T>>) => boolean = () => true,
): Promise<Named<T> | number> => {
  const parsed = await parseOptions(out, command, argv, table);
  if ('exit' in parsed) return parsed.exit;
  if (parsed.has('help' as NameOf<T>)) return printHelp(out, command);
  const [name, extra] = parsed.operands;
  if (name !== undefined && extra === undefined && enough(parsed)) return { name, parsed };
  await out.errorText(command.help);
  return USAGE;
};
