// The capabilities that Docker gives to a container: a default set, changed by --cap-add and --cap-drop, or all of them.
// Moby: oci/caps/defaults.go, oci/caps/utils.go (TweakCapabilities).

import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilitySet,
  difference,
  NO_CAPABILITIES,
  union,
} from '../fs/capability.ts';
import type { HostConfig } from './config.ts';
import type { ExecSpec } from './contract.ts';

const named = (names: readonly string[]): CapabilitySet => capabilitySet(names) ?? NO_CAPABILITIES;

/** What processes of builds have too. */
export const DEFAULT_CAPABILITIES = named([
  ...[
    'chown',
    'dac_override',
    'fsetid',
    'fowner',
    'mknod',
    'net_raw',
    'setgid',
    'setuid',
    'setfcap',
    'setpcap',
  ],
  ...['net_bind_service', 'sys_chroot', 'kill', 'audit_write'],
]);

const ALL = 'ALL';

/** `CAP_SYS_ADMIN` as it is kept, and as it may stand in a container's file: without the prefix, in small letters. */
const plain = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');

const setOf = (names: readonly string[]): CapabilitySet =>
  named(names.filter((name) => name !== ALL).map((name) => name.toLowerCase()));

/** The bounding set of the container's processes. What is both added and dropped is added, save with ALL. */
export const containerCapabilities = ({
  Privileged,
  CapAdd,
  CapDrop,
}: Partial<HostConfig>): CapabilitySet => {
  if (Privileged === true) return ALL_CAPABILITIES;
  const [added, dropped] = [CapAdd, CapDrop].map((names) => (names ?? []).map(plain)) as [string[], string[]];
  if (added.includes(ALL)) return difference(ALL_CAPABILITIES, setOf(dropped));
  const kept = dropped.includes(ALL) ? NO_CAPABILITIES : difference(DEFAULT_CAPABILITIES, setOf(dropped));
  return union(kept, setOf(added));
};

/** What `docker exec` may have; with --privileged all. */
export const execCapabilities = (host: Partial<HostConfig>, { privileged }: ExecSpec): CapabilitySet =>
  privileged ? ALL_CAPABILITIES : containerCapabilities(host);
