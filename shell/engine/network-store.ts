// The networks a daemon has: three of its own, and those that were made. cowsh keeps the books; nothing is ever sent.

import type { Process } from '../fs/process.ts';
import { hexOf, sha256 } from './digest.ts';
import { refuse } from './engine-error.ts';
import { readText, writeAtomically } from './files.ts';
import { goJson } from './go-json.ts';
import { newId } from './ids.ts';
import { DATA_ROOT } from './paths.ts';
import { rfc3339 } from './time.ts';

const HOME = `${DATA_ROOT}/network/files`;
/** Docker's is a database of its own format; cowsh writes JSON. */
const PATH = `${HOME}/local-kv.db`;

export type NetworkDriver = 'bridge' | 'host' | 'null';

export interface Network {
  readonly Name: string;
  readonly Id: string;
  /** RFC 3339. */
  readonly Created: string;
  readonly Driver: NetworkDriver;
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Options: Readonly<Record<string, string>>;
  /** The first three numbers of the addresses: `172.17.0`. */
  readonly prefix?: string;
  /** Told by inspect; the default bridge of Docker 20.10 leaves it out until it has been used. */
  readonly gateway: boolean;
}

export interface NewNetwork {
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
}

export class NetworkStore {
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  /** By name. */
  list(): Network[] {
    return [...this.#builtIn(), ...this.#made()].sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  /** A full ID, a name, or a prefix of an ID that fits one alone. */
  find(reference: string): Network | undefined {
    const all = this.list();
    const fitting = all.filter(({ Id }) => reference !== '' && Id.startsWith(reference));
    return (
      all.find(({ Id }) => Id === reference) ??
      all.find(({ Name }) => Name === reference) ??
      (fitting.length === 1 ? fitting[0] : undefined)
    );
  }

  resolve(reference: string): Network {
    return this.find(reference) ?? refuse('no-such-network', reference);
  }

  create(asked: NewNetwork): Network {
    if (asked.driver === 'host' || asked.driver === 'null') refuse('one-network-of-driver', asked.driver);
    if (asked.driver !== 'bridge') refuse('no-network-driver', asked.driver);
    if (this.list().some(({ Name }) => Name === asked.name)) refuse('network-exists', asked.name);
    const network: Network = {
      Name: asked.name,
      Id: newId(this.#process.kernel.random),
      Created: rfc3339(this.#process.kernel.clock.now()),
      Driver: 'bridge',
      Internal: asked.internal,
      Attachable: asked.attachable,
      Labels: asked.labels,
      Options: asked.options,
      prefix: this.#freePrefix(),
      gateway: true,
    };
    this.#write([...this.#made(), network]);
    return network;
  }

  remove(id: string): void {
    this.#write(this.#made().filter((network) => network.Id !== id));
  }

  isBuiltIn(id: string): boolean {
    return this.#builtIn().some((network) => network.Id === id);
  }

  #freePrefix(): string {
    const used = new Set(this.list().map(({ prefix }) => prefix));
    const candidates = [
      ...Array.from({ length: 14 }, (_, at) => `172.${18 + at}.0`),
      ...Array.from({ length: 16 }, (_, at) => `192.168.${at * 16}`),
    ];
    return candidates.find((prefix) => !used.has(prefix)) ?? refuse('no-free-subnet');
  }

  #builtIn(): Network[] {
    const born = this.#process.tryStat(HOME)?.mtime ?? 0n;
    const one = (Name: string, Driver: NetworkDriver): Network => ({
      Name,
      // The same on every machine: nothing depends on it.
      Id: hexOf(sha256(`network ${Name}`)),
      Created: rfc3339(born),
      Driver,
      Internal: false,
      Attachable: false,
      Labels: {},
      Options: Driver === 'bridge' ? bridgeOptions : {},
      ...(Driver === 'bridge' ? { prefix: '172.17.0' } : {}),
      gateway: false,
    });
    return [one('bridge', 'bridge'), one('host', 'host'), one('none', 'null')];
  }

  #made(): Network[] {
    return JSON.parse(readText(this.#process, PATH) || '[]') as Network[];
  }

  #write(networks: readonly Network[]): void {
    writeAtomically(this.#process, PATH, goJson(networks));
  }
}

const bridgeOptions = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
};
