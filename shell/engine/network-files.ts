// The three files that Docker binds over a container's /etc, and the address it would have.

import type { Process } from '../fs/process.ts';
import { type ContainerRecord, homeOf } from './container-record.ts';
import { sha256 } from './digest.ts';
import { readText, writeFile } from './files.ts';

/** Writes hostname, hosts and resolv.conf into the container's directory, as every start does. `running`: the others. */
export const writeNetworkFiles = (
  process: Process,
  record: ContainerRecord,
  running: readonly string[],
): void => {
  const address = freeAddress(running.map((id) => readText(process, `${homeOf(id)}/hosts`) ?? ''));
  const home = homeOf(record.ID);
  const { Hostname, Domainname } = record.Config;
  const full = Domainname === '' ? Hostname : `${Hostname}.${Domainname} ${Hostname}`;
  writeFile(process, `${home}/hostname`, `${Hostname}\n`);
  writeFile(process, `${home}/hosts`, `${hosts}${address}\t${full}\n`);
  const resolver = nameServers(readText(process, '/etc/resolv.conf') ?? '');
  if (process.tryStat(`${home}/resolv.conf`) !== undefined) return;
  writeFile(process, `${home}/resolv.conf`, resolver);
  writeFile(process, `${home}/resolv.conf.hash`, sha256(resolver));
};

/** The lowest address of the default bridge that no running container has. */
const freeAddress = (taken: readonly string[]): string => {
  const used = new Set(taken.map((text) => /^172\.17\.0\.(\d+)\t/m.exec(text)?.[1]));
  let host = 2;
  while (used.has(String(host))) host++;
  return `172.17.0.${host}`;
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

/** A loopback resolver is of no use in a container; Docker puts public ones in its place. */
const nameServers = (text: string): string => {
  const kept = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !/^nameserver\s+127\./.test(line));
  const some = kept.some((line) => line.startsWith('nameserver'));
  return [...kept, ...(some ? [] : ['nameserver 8.8.8.8', 'nameserver 8.8.4.4'])]
    .map((line) => `${line}\n`)
    .join('');
};
