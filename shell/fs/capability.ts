// Capabilities (capabilities(7)): their names, and sets of them as numbers below 2^41 of which bit n is capability n.
// Nearly all that are asked for have a bit that `&` sees, which looks at the lower 32 alone; hot paths use it.

/** In the order of their numbers. */
export const capabilityNames = [
  ...['chown', 'dac_override', 'dac_read_search', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap'],
  ...[
    'linux_immutable',
    'net_bind_service',
    'net_broadcast',
    'net_admin',
    'net_raw',
    'ipc_lock',
    'ipc_owner',
  ],
  ...[
    'sys_module',
    'sys_rawio',
    'sys_chroot',
    'sys_ptrace',
    'sys_pacct',
    'sys_admin',
    'sys_boot',
    'sys_nice',
  ],
  ...[
    'sys_resource',
    'sys_time',
    'sys_tty_config',
    'mknod',
    'lease',
    'audit_write',
    'audit_control',
    'setfcap',
  ],
  ...['mac_override', 'mac_admin', 'syslog', 'wake_alarm', 'block_suspend', 'audit_read', 'perfmon', 'bpf'],
  'checkpoint_restore',
] as const;

export type CapabilitySet = number;

export const CAP_CHOWN = 2 ** 0;
export const CAP_DAC_OVERRIDE = 2 ** 1;
export const CAP_DAC_READ_SEARCH = 2 ** 2;
export const CAP_FOWNER = 2 ** 3;
export const CAP_FSETID = 2 ** 4;
export const CAP_KILL = 2 ** 5;
export const CAP_SETGID = 2 ** 6;
export const CAP_SETUID = 2 ** 7;
export const CAP_SETPCAP = 2 ** 8;
export const CAP_LINUX_IMMUTABLE = 2 ** 9;
export const CAP_SYS_CHROOT = 2 ** 18;
export const CAP_SYS_ADMIN = 2 ** 21;
export const CAP_SYS_RESOURCE = 2 ** 24;
export const CAP_MKNOD = 2 ** 27;
export const CAP_SETFCAP = 2 ** 31;
export const CAP_SYSLOG = 2 ** 34;

export const NO_CAPABILITIES: CapabilitySet = 0;
export const ALL_CAPABILITIES: CapabilitySet = 2 ** capabilityNames.length - 1;

const WORD = 2 ** 32;
const high = (set: CapabilitySet): number => Math.floor(set / WORD);
const joined = (above: number, below: number): CapabilitySet => above * WORD + (below >>> 0);

export const union = (a: CapabilitySet, b: CapabilitySet): CapabilitySet => joined(high(a) | high(b), a | b);

export const intersection = (a: CapabilitySet, b: CapabilitySet): CapabilitySet =>
  joined(high(a) & high(b), a & b);

/** Those of `a` that are not in `b`. */
export const difference = (a: CapabilitySet, b: CapabilitySet): CapabilitySet =>
  joined(high(a) & ~high(b), a & ~b);

export const contains = (set: CapabilitySet, part: CapabilitySet): boolean => difference(part, set) === 0;

/** The set of the capabilities with these names, in small letters and without `cap_`; undefined where one is no name. */
export const capabilitySet = (names: readonly string[]): CapabilitySet | undefined => {
  let set = NO_CAPABILITIES;
  for (const name of names) {
    const at = (capabilityNames as readonly string[]).indexOf(name);
    if (at < 0) return undefined;
    set = union(set, 2 ** at);
  }
  return set;
};

/** In the order of their numbers. */
export const namesOf = (set: CapabilitySet): string[] =>
  capabilityNames.filter((_name, at) => contains(set, 2 ** at));

/** As /proc/PID/status writes it. */
export const capabilityText = (set: CapabilitySet): string => set.toString(16).padStart(16, '0');
