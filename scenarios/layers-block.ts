// A `layers` block: what the writable layers of containers must hold, one claim per line.
//   container1 has /base_file.txt          a file or directory lies in its upper layer
//   container1 whiteout /etc/motd          a whiteout hides the name
//   container1 opaque /var/cache           the directory hides what lies below it
//   container2 lacks /base_file.txt        nothing of that name lies in its upper layer
//   container2 empty                       nothing at all does

import type { FenceActions, ScenarioProblem, Upper, UpperSign } from './scenario.ts';

const takesPath = { has: true, whiteout: true, opaque: true, lacks: true, empty: false } satisfies Record<
  UpperSign,
  boolean
>;
const signs = Object.keys(takesPath).join(', ');

export function readLayers(text: string, line: number): FenceActions {
  const rows = text.split('\n').map((row, index) => ({ line: line + index, words: row.trim().split(/\s+/) }));
  const claims = rows.filter(({ words }) => words[0] !== '').map(readClaim);
  const problems = claims.filter((claim) => 'text' in claim);
  const uppers = claims.filter((claim) => 'sign' in claim);
  if (claims.length === 0)
    return { actions: [], problems: [{ line, text: 'a layers block without a claim' }] };
  return { actions: [{ kind: 'layers', line, uppers }], problems };
}

function readClaim({ line, words }: { line: number; words: string[] }): Upper | ScenarioProblem {
  const [container = '', sign = '', path = '', ...rest] = words;
  if (!isSign(sign)) return { line, text: `'${sign}' is none of ${signs}: a line is CONTAINER SIGN /PATH` };
  if (takesPath[sign] !== path.startsWith('/') || rest.length > 0)
    return { line, text: takesPath[sign] ? `'${sign}' needs one absolute path` : `'${sign}' takes no path` };
  return { line, container, sign, path };
}

const isSign = (word: string): word is UpperSign => Object.hasOwn(takesPath, word);
