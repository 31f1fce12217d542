// Network settings as Docker keeps and shows them: the books of a container's networks.

import type { PortMap } from './published-ports.ts';

/** One network that a container is on; the addresses are its own while it runs. */
export interface Endpoint {
  IPAMConfig: null;
  Links: null;
  Aliases: string[] | null;
  NetworkID: string;
  EndpointID: string;
  Gateway: string;
  IPAddress: string;
  IPPrefixLen: number;
  IPv6Gateway: string;
  GlobalIPv6Address: string;
  GlobalIPv6PrefixLen: number;
  MacAddress: string;
  DriverOpts: null;
  IPAMOperational: boolean;
}

/** In config.v2.json. */
export interface NetworkSettings {
  Bridge: string;
  SandboxID: string;
  HairpinMode: boolean;
  LinkLocalIPv6Address: string;
  LinkLocalIPv6PrefixLen: number;
  /** By name. */
  Networks: Record<string, Endpoint>;
  Service: null;
  Ports: PortMap | null;
  SandboxKey: string;
  SecondaryIPAddresses: null;
  SecondaryIPv6Addresses: null;
  IsAnonymousEndpoint: boolean;
  HasSwarmEndpoint: boolean;
}

export const emptyEndpoint = (aliases: string[] | null = null): Endpoint => ({
  IPAMConfig: null,
  Links: null,
  Aliases: aliases,
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  MacAddress: '',
  DriverOpts: null,
  IPAMOperational: false,
});

/** What a new container has, on these networks. */
export const newNetworkSettings = (networks: Record<string, Endpoint>): NetworkSettings => ({
  Bridge: '',
  SandboxID: '',
  HairpinMode: false,
  LinkLocalIPv6Address: '',
  LinkLocalIPv6PrefixLen: 0,
  Networks: networks,
  Service: null,
  Ports: null,
  SandboxKey: '',
  SecondaryIPAddresses: null,
  SecondaryIPv6Addresses: null,
  IsAnonymousEndpoint: false,
  HasSwarmEndpoint: false,
});

/** In docker inspect: the default bridge's addresses stand in front once more. */
export const shownNetwork = (settings: NetworkSettings): Record<string, unknown> => {
  const bridge = settings.Networks.bridge ?? emptyEndpoint();
  return {
    Bridge: settings.Bridge,
    SandboxID: settings.SandboxID,
    HairpinMode: settings.HairpinMode,
    LinkLocalIPv6Address: settings.LinkLocalIPv6Address,
    LinkLocalIPv6PrefixLen: settings.LinkLocalIPv6PrefixLen,
    Ports: settings.Ports ?? {},
    SandboxKey: settings.SandboxKey,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge.EndpointID,
    Gateway: bridge.Gateway,
    GlobalIPv6Address: bridge.GlobalIPv6Address,
    GlobalIPv6PrefixLen: bridge.GlobalIPv6PrefixLen,
    IPAddress: bridge.IPAddress,
    IPPrefixLen: bridge.IPPrefixLen,
    IPv6Gateway: bridge.IPv6Gateway,
    MacAddress: bridge.MacAddress,
    Networks: Object.fromEntries(
      Object.entries(settings.Networks).map(([name, { IPAMOperational: _, ...shown }]) => [name, shown]),
    ),
  };
};
