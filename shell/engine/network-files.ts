// The three files that Docker binds over a container's /etc.

import type { Process } from '../fs/process.ts';
import type { HostConfig } from './config.ts';
import { type ContainerRecord, homeOf } from './container-record.ts';
import { sha256 } from './digest.ts';
import { readText, writeFile } from './files.ts';

/** Writes hostname, hosts and resolv.conf into the container's directory, as every start does. */
export const writeNetworkFiles = (
  process: Process,
  record: ContainerRecord,
  host: Partial<HostConfig>,
): void => {
  const home = homeOf(record.ID);
  const { NetworkMode = 'default' } = host;
  if (NetworkMode.startsWith('container:')) {
    shareFiles(process, NetworkMode.slice('container:'.length), home);
    return;
  }
  writeFile(process, `${home}/hostname`, `${record.Config.Hostname}\n`);
  writeFile(process, `${home}/hosts`, hostsOf(process, record, host));
  const resolver = resolverOf(process, record, host);
  if (process.tryStat(`${home}/resolv.conf`) !== undefined && !isOwnResolver(resolver)) return;
  writeFile(process, `${home}/resolv.conf`, resolver);
  writeFile(process, `${home}/resolv.conf.hash`, sha256(resolver));
};

/** One that lives in another container's network has that one's names. */
const shareFiles = (process: Process, other: string, home: string): void => {
  for (const name of ['hostname', 'hosts', 'resolv.conf'])
    writeFile(process, `${home}/${name}`, readText(process, `${homeOf(other)}/${name}`) ?? '');
};

const hostsOf = (process: Process, record: ContainerRecord, host: Partial<HostConfig>): string => {
  const { Networks } = record.NetworkSettings;
  const extra = (host.ExtraHosts ?? []).map((line) => {
    const colon = line.indexOf(':');
    return `${line.slice(colon + 1)}\t${line.slice(0, colon)}\n`;
  });
  if (Networks.host !== undefined) return (readText(process, '/etc/hosts') ?? '') + extra.join('');
  const own = Object.values(Networks).filter(({ IPAddress }) => IPAddress !== '');
  return hosts + [...extra, ...own.map(({ IPAddress }) => `${IPAddress}\t${namesOf(record)}\n`)].join('');
};

/** One more address of a running container. */
export const addHost = (process: Process, record: ContainerRecord, address: string): void => {
  const path = `${homeOf(record.ID)}/hosts`;
  if (address === '') return;
  writeFile(process, path, `${readText(process, path) ?? ''}${address}\t${namesOf(record)}\n`);
};

const namesOf = ({ Config: { Hostname, Domainname } }: ContainerRecord): string => {
  const full = Domainname === '' ? Hostname : `${Hostname}.${Domainname}`;
  const dot = full.indexOf('.');
  return dot === -1 ? full : `${full} ${full.slice(0, dot)}`;
};

const hosts = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'ff00::0\tip6-mcastprefix',
  'ff02::1\tip6-allnodes',
  'ff02::2\tip6-allrouters',
  '',
].join('\n');

/** Containers of a network of their own ask Docker's name server. */
const OWN_RESOLVER = 'nameserver 127.0.0.11\noptions ndots:0\n';
const isOwnResolver = (text: string): boolean => text === OWN_RESOLVER;

const resolverOf = (process: Process, record: ContainerRecord, host: Partial<HostConfig>): string => {
  const names = Object.keys(record.NetworkSettings.Networks);
  if (names.some((name) => !['bridge', 'host', 'none'].includes(name))) return OWN_RESOLVER;
  return nameServers(readText(process, '/etc/resolv.conf') ?? '', host);
};

/** A loopback resolver is of no use in a container; Docker puts public ones in its place. */
const nameServers = (
  text: string,
  { Dns = [], DnsSearch = [], DnsOptions = [] }: Partial<HostConfig>,
): string => {
  const kept = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !/^nameserver\s+127\./.test(line));
  const chosen = [
    ...choose('search', DnsSearch, kept),
    ...(Dns.length > 0
      ? Dns.map((address) => `nameserver ${address}`)
      : kept.filter((line) => line.startsWith('nameserver'))),
    ...choose('options', DnsOptions, kept),
  ];
  const some = chosen.some((line) => line.startsWith('nameserver'));
  const all = Dns.length + DnsSearch.length + DnsOptions.length > 0 ? chosen : kept;
  return [...all, ...(some ? [] : ['nameserver 8.8.8.8', 'nameserver 8.8.4.4'])]
    .map((line) => `${line}\n`)
    .join('');
};

const choose = (word: string, asked: readonly string[], kept: readonly string[]): string[] =>
  asked.length > 0 ? [`${word} ${asked.join(' ')}`] : kept.filter((line) => line.startsWith(word));
