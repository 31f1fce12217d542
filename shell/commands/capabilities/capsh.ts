// capsh: what capabilities there are, and a shell with fewer (libcap2-bin). Words are done one after the other.

import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilityNames,
  capabilitySet,
  intersection,
  namesOf,
} from '../../fs/capability.ts';
import type { Cred } from '../../fs/credentials.ts';
import type { Process } from '../../fs/process.ts';
import { Accounts } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import { become } from '../become.ts';
import type { Command } from '../command.ts';
import { Output } from '../output.ts';
import { holds, setsText } from './set-text.ts';

export const capsh: Command = {
  name: 'capsh',
  help: `usage: capsh [args ...]
  --current      the capabilities there are, in two lines
  --decode=xxx   the names of a set in hexadecimal digits
  --drop=xxx     take xxx,... out of the bounding set
  --has-a=xxx    exit 1 if capability xxx is not ambient
  --has-b=xxx    exit 1 if it is not in the bounding set
  --has-i=xxx    exit 1 if it is not inheritable
  --has-p=xxx    exit 1 if it is not permitted
  --help, -h     this message
  --print        all that there is to tell
  --supports=xxx exit 1 if there is no capability xxx
  --             the remaining arguments are for /bin/bash
                 (without it capsh ends)
`,
  run: async (process, argv) => {
    const out = new Output(process);
    for (const [at, word] of argv.entries()) {
      if (at === 0) continue;
      if (word === '--') return become(out, ['/bin/bash', ...argv.slice(at + 1)]);
      const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
      const status = await steps[name]?.(out, value ?? '');
      if (status === undefined) return usage(out, ['--help', '-h'].includes(word) ? 0 : 1);
      if (status !== 0) return status;
    }
    return out.end();
  },
};

const usage = async (out: Output, status: number): Promise<number> => {
  if (status === 0) out.text(capsh.help);
  else await out.errorText(capsh.help);
  await out.flush();
  return status;
};

type Step = (out: Output, value: string) => Promise<number> | number;

const has =
  (set: (cred: Cred) => CapabilitySet, absent: string): Step =>
  async (out, value) => {
    const wanted = setNamed(value);
    if (wanted !== undefined && intersection(set(out.process.cred), wanted) === wanted) return 0;
    await out.errorText(`cap[${value}] ${wanted === undefined ? 'not recognized by library' : absent}\n`);
    return 1;
  };

const steps: Readonly<Record<string, Step>> = {
  current: (out) => {
    out.text(currentText(out.process.cred));
    return 0;
  },
  decode: (out, value) => {
    const set = BigInt(`0x${/^(?:0x)?([0-9a-f]*)/i.exec(value)?.[1] || '0'}`);
    const names = namesOf(Number(set & BigInt(ALL_CAPABILITIES))).map((name) => `cap_${name}`);
    out.line(`0x${set.toString(16).padStart(16, '0')}=${names.join(',')}`);
    return 0;
  },
  drop: async (out, value) => {
    for (const name of value.split(',')) {
      const set = setNamed(name);
      if (set === undefined) {
        await out.errorText(`capability [${name}] is unknown to libcap\n`);
        return 1;
      }
      const { error } = attempt(() => out.process.dropBounding(set));
      if (!error) continue;
      await out.errorText(`unable to raise CAP_SETPCAP for BSET changes: ${error.message}\n`);
      return 1;
    }
    return 0;
  },
  'has-a': has(({ ambient }) => ambient, 'not in ambient vector'),
  'has-b': has(({ bounding }) => bounding, 'not in bounding vector'),
  'has-i': has(({ inheritable }) => inheritable, 'not inheritable'),
  'has-p': has(({ permitted }) => permitted, 'not permitted'),
  print: (out) => {
    out.text(stateText(out.process));
    return 0;
  },
  supports: has(() => ALL_CAPABILITIES, ''),
};

const setNamed = (name: string): CapabilitySet | undefined => {
  const plain = /^cap_(.*)$/i.exec(name)?.[1];
  return plain === undefined ? undefined : capabilitySet([plain.toLowerCase()]);
};

/** cap_iab_to_text(3): '!' is not in the bounding set, '^' is ambient, the others are inheritable. */
const vectorText = ({ inheritable, ambient, bounding }: Cred): string =>
  capabilityNames
    .flatMap((name, at) => {
      const blocked = holds(bounding, at) ? '' : '!';
      if (holds(ambient, at)) return [`${blocked}^cap_${name}`];
      if (holds(inheritable, at)) return [`${blocked === '' ? '' : '!%'}cap_${name}`];
      return blocked === '' ? [] : [`!cap_${name}`];
    })
    .join(',');

const currentText = (cred: Cred): string => `Current: ${setsText(cred)}\nCurrent IAB: ${vectorText(cred)}\n`;

const listed = (set: CapabilitySet): string =>
  namesOf(set)
    .map((name) => `cap_${name}`)
    .join(',');

const stateText = (process: Process): string => {
  const { cred } = process;
  const accounts = new Accounts(process);
  const user = accounts.userOf(cred.uid)?.name ?? '???';
  const group = (gid: number): string => `${gid}(${accounts.groupName(gid)})`;
  const [current, vector] = currentText(cred).split('\n');
  return [
    current,
    `Bounding set =${listed(cred.bounding)}`,
    `Ambient set =${listed(cred.ambient)}`,
    vector,
    "Securebits: 00/0x0/1'b0 (no-new-privs=0)",
    ...['noroot', 'no-suid-fixup', 'keep-caps', 'no-ambient-raise'].map(
      (bit) => ` secure-${bit}: no (unlocked)`,
    ),
    `uid=${cred.uid}(${user}) euid=${cred.uid}(${user})`,
    `gid=${group(cred.gid)}`,
    `groups=${cred.groups.map(group).join(',')}`,
    'Guessed mode: HYBRID (4)',
    '',
  ].join('\n');
};
