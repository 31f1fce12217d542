// The flags of docker run and create that name networks, ports and name servers.

import type { HostConfig } from '../../engine/config.ts';
import { failDocker } from './docker-command.ts';
import type { FlagTable, FlagValues } from './flags.ts';
import { readPublish } from './port-flags.ts';

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+)$/;

const addressProblem = (text: string): string | undefined =>
  ADDRESS.test(text) ? undefined : `IP address is not correctly formatted: ${text}`;

/** `name:address`, `name=address`. */
const hostProblem = (text: string): string | undefined => {
  const [, name = '', address = ''] = /^([^:=]*)[:=](.*)$/.exec(text) ?? [];
  if (name === '') return `bad format for add-host: "${text}"`;
  if (address === 'host-gateway' || ADDRESS.test(address.replace(/^\[|\]$/g, ''))) return undefined;
  return `invalid IP address in add-host: "${address}"`;
};

export const networkFlags = {
  'add-host': { kind: 'list', help: 'Line for /etc/hosts (name:address)', check: hostProblem },
  dns: { kind: 'list', help: 'Name server', check: addressProblem },
  'dns-option': { kind: 'list', help: 'Option of the name servers' },
  'dns-search': { kind: 'list', help: 'Domain to search names in' },
  expose: { kind: 'list', help: 'Port that the container says it serves' },
  ip: { kind: 'string', help: 'Address it wants (accepted)' },
  link: { kind: 'list', help: 'Another container it knows by name' },
  'mac-address': { kind: 'string', help: 'Hardware address it wants (accepted)' },
  network: { kind: 'string', help: 'Network to join', initial: 'default' },
  net: { kind: 'string', help: 'The old name of --network', hidden: true },
  'network-alias': { kind: 'list', help: 'Further name in the network' },
  publish: { kind: 'list', short: 'p', help: 'Port to show on the host (nothing is ever sent to it here)' },
  'publish-all': { kind: 'bool', short: 'P', help: 'Show all exposed ports on the host' },
} as const satisfies FlagTable;

type NetworkFlags = FlagValues<typeof networkFlags>;

export const networkMode = (flags: NetworkFlags): string => flags.net ?? flags.network ?? 'default';

const orNull = (list: readonly string[]): string[] | null => (list.length === 0 ? null : [...list]);

/** Throws DockerError. */
export const networkConfig = (flags: NetworkFlags): Partial<HostConfig> => {
  const mac = flags['mac-address'];
  if (mac !== undefined && !/^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/.test(mac))
    failDocker(`${mac} is not a valid mac address`);
  const mode = networkMode(flags);
  if (flags.ip !== undefined && ['default', 'bridge', 'host', 'none'].includes(mode)) {
    failDocker(
      'Error response from daemon: user specified IP address is supported on user defined networks only',
    );
  }
  return {
    NetworkMode: mode,
    PortBindings: readPublish(flags.publish),
    PublishAllPorts: flags['publish-all'],
    Dns: [...flags.dns],
    DnsOptions: [...flags['dns-option']],
    DnsSearch: [...flags['dns-search']],
    ExtraHosts: orNull(flags['add-host'].map((text) => text.replace(/^([^:=]*)=/, '$1:'))),
    Links: orNull(flags.link),
  };
};
