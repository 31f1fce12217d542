// The PORTS column of docker ps: neighbours as ranges, as Docker's formatter.DisplayablePorts has them.

import type { ContainerSummary } from '../../engine/contract.ts';

interface Shown {
  readonly address: string;
  readonly host: number;
  readonly container: number;
  readonly protocol: string;
}

const portsOf = ({ ports, exposed, state }: ContainerSummary): Shown[] => {
  if (!state.Running) return [];
  const known =
    Object.keys(ports).length > 0 ? ports : Object.fromEntries(exposed.map((port) => [port, null]));
  return Object.entries(known).flatMap(([port, bindings]) => {
    const [number = '', protocol = ''] = port.split('/');
    const container = Number(number);
    if (bindings === null) return [{ address: '', host: 0, container, protocol }];
    return bindings.map(({ HostIp, HostPort }) => ({
      address: HostIp,
      host: Number(HostPort),
      container,
      protocol,
    }));
  });
};

/** `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp`, `90-92/tcp`. */
export const portsText = (one: ContainerSummary): string => {
  const sorted = portsOf(one).sort(
    (a, b) =>
      a.container - b.container ||
      (a.address < b.address ? -1 : a.address > b.address ? 1 : 0) ||
      a.host - b.host ||
      (a.protocol < b.protocol ? -1 : 1),
  );
  // One on a host port of another number stands alone; others of one address and protocol run together.
  const alone = sorted.filter(({ host, container }) => host !== 0 && host !== container);
  const groups = Map.groupBy(
    sorted.filter((port) => !alone.includes(port)),
    ({ address, host, protocol }) => `${address} ${protocol} ${host !== 0}`,
  );
  return [...[...groups.values()].flatMap(rangesOf), ...alone.map((port) => textOf(port, port))].join(', ');
};

const rangesOf = (group: readonly Shown[]): string[] => {
  const texts: string[] = [];
  let first = group[0];
  let last = first;
  for (const port of group.slice(1)) {
    if (first !== undefined && last !== undefined && port.container > last.container + 1) {
      texts.push(textOf(first, last));
      first = port;
    }
    last = port;
  }
  return first === undefined || last === undefined ? texts : [...texts, textOf(first, last)];
};

const textOf = (first: Shown, last: Shown): string => {
  const range = (from: number, to: number): string => (from === to ? String(from) : `${from}-${to}`);
  const inside = `${range(first.container, last.container)}/${first.protocol}`;
  if (first.host === 0) return inside;
  const address = first.address.includes(':') ? `[${first.address}]` : first.address;
  return `${address}:${range(first.host, last.host)}->${inside}`;
};
