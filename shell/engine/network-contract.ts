// What the engine promises about networks, in Docker's own key names and order.

import type { NewNetwork } from './network-store.ts';

/** `docker network inspect`, key order as printed. */
export interface NetworkInspect {
  Name: string;
  Id: string;
  Created: string;
  Scope: 'local';
  Driver: string;
  EnableIPv6: false;
  IPAM: { Driver: string; Options: object | null; Config: { Subnet: string; Gateway?: string }[] };
  Internal: boolean;
  Attachable: boolean;
  Ingress: boolean;
  ConfigFrom: { Network: string };
  ConfigOnly: boolean;
  /** Running ones, by ID. */
  Containers: Record<
    string,
    { Name: string; EndpointID: string; MacAddress: string; IPv4Address: string; IPv6Address: string }
  >;
  Options: Readonly<Record<string, string>>;
  Labels: Readonly<Record<string, string>>;
}

export interface Networks {
  /** By name. */
  list(): NetworkInspect[];
  find(reference: string): string | undefined;
  /** Throws no-such-network. */
  inspect(reference: string): NetworkInspect;
  /** The ID. Throws network-exists, no-network-driver. */
  create(network: NewNetwork): string;
  /** Throws network-in-use, network-built-in. */
  remove(reference: string): void;
  connect(reference: string, container: string, aliases?: readonly string[]): void;
  disconnect(reference: string, container: string): void;
  /** Names of those that no running container was on. */
  prune(fits?: (network: NetworkInspect) => boolean): string[];
  isBuiltIn(id: string): boolean;
}
