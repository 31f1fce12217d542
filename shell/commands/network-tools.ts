// ip, ifconfig, ss and netstat: the loopback, and Docker's bridge or a container's end of it. Nothing listens.

import type { Process } from '../fs/process.ts';
import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { Output } from './output.ts';

interface Interface {
  readonly index: number;
  readonly name: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly state: string;
  readonly link: string;
  readonly hardware: string;
  readonly broadcast: string;
  readonly address: string | undefined;
  readonly prefix: number;
  readonly scope: string;
}

const LOOPBACK: Interface = {
  index: 1,
  name: 'lo',
  flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
  mtu: 65_536,
  state: 'UNKNOWN',
  link: 'loopback',
  hardware: '00:00:00:00:00:00',
  broadcast: '00:00:00:00:00:00',
  address: '127.0.0.1',
  prefix: 8,
  scope: 'host lo',
};

const ethernet = (index: number, name: string, address: string, up: boolean): Interface => ({
  index,
  name,
  flags: up ? ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'] : ['NO-CARRIER', 'BROADCAST', 'MULTICAST', 'UP'],
  mtu: 1500,
  state: up ? 'UP' : 'DOWN',
  link: 'ether',
  hardware: `02:42:${address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join(':')}`,
  broadcast: 'ff:ff:ff:ff:ff:ff',
  address,
  prefix: 16,
  scope: `global ${name}`,
});

const BRIDGE_ADDRESS = '172.17.0.1';

/** A container's address stands in its /etc/hosts beside its name. */
const ownAddress = (process: Process): string | undefined => {
  const text = attempt(() => readText(process, '/etc/hosts')).value ?? '';
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.find(
    ([address, ...names]) => /^\d/.test(address ?? '') && names.includes(process.uts.hostname),
  )?.[0];
};

const interfacesOf = (process: Process): Interface[] => {
  if (process.container === undefined) {
    const busy = [...process.kernel.processes.values()].some(({ container }) => container !== undefined);
    return [LOOPBACK, ethernet(2, 'docker0', BRIDGE_ADDRESS, busy)];
  }
  const address = ownAddress(process);
  return address === undefined || address.startsWith('127.')
    ? [LOOPBACK]
    : [LOOPBACK, ethernet(2, 'eth0', address, true)];
};

const gatewayOf = (address: string): string => address.replace(/\d+$/, '1');
const networkOf = (address: string): string => address.replace(/\d+\.\d+$/, '0.0');

const linkLines = (one: Interface, more = ''): string => {
  const queue = one.name === 'lo' ? 'qlen 1000' : '';
  return `${one.index}: ${one.name}: <${one.flags.join(',')}> mtu ${one.mtu} qdisc noqueue state ${one.state} ${more}group default ${queue}\n    link/${one.link} ${one.hardware} brd ${one.broadcast}\n`;
};

const addressLines = (one: Interface): string => {
  if (one.address === undefined) return '';
  const broadcast = one.name === 'lo' ? '' : ` brd ${one.address.replace(/\d+\.\d+$/, '255.255')}`;
  return `    inet ${one.address}/${one.prefix}${broadcast} scope ${one.scope}\n       valid_lft forever preferred_lft forever\n`;
};

const routes = (interfaces: readonly Interface[], inside: boolean): string =>
  interfaces
    .filter(({ name }) => name !== 'lo')
    .map(({ name, address = '', state }) => {
      const gateway = inside ? `default via ${gatewayOf(address)} dev ${name} \n` : '';
      return `${gateway}${networkOf(address)}/16 dev ${name} proto kernel scope link src ${address} ${state === 'DOWN' ? 'linkdown ' : ''}\n`;
    })
    .join('');

const brief = (one: Interface, what: 'address' | 'link'): string => {
  const shown =
    what === 'link'
      ? `${one.hardware} <${one.flags.join(',')}>`
      : one.address === undefined
        ? ''
        : `${one.address}/${one.prefix}`;
  return `${one.name.padEnd(16)} ${one.state.padEnd(14)} ${shown} \n`;
};

const OBJECTS = ['address', 'link', 'route', 'neighbour'] as const;

export const ip: Command = {
  name: 'ip',
  help: `Usage: ip [ OPTIONS ] OBJECT [ show ]
Show interfaces, addresses and routes. They cannot be changed: there is no network.

OBJECT := { address | link | route | neighbour }
OPTIONS := { -4 | -6 | -br[ief] | -o[neline] | -c[olor] }
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const given = argv.slice(1).filter((word) => word.startsWith('-'));
    const [object, verb = 'show', ...rest] = argv.slice(1).filter((word) => !word.startsWith('-'));
    if (object === undefined || object === 'help' || given.some((word) => /^--?h(elp)?$/.test(word))) {
      await out.errorText(ip.help);
      return object === undefined ? 255 : 0;
    }
    const kind = OBJECTS.find((name) => name.startsWith(object));
    if (kind === undefined) {
      await out.errorText(`Object "${object}" is unknown, try "ip help".\n`);
      return 1;
    }
    if (!['show', 'list', 'lst', 'ls', 'sh', 's', 'l', 'get', 'dev'].includes(verb)) {
      await out.errorText('cowsh has no network: RTNETLINK answers: Operation not permitted\n');
      return 2;
    }
    const only = verb === 'dev' ? rest[0] : rest.filter((word) => word !== 'dev')[0];
    const all = interfacesOf(process);
    const shown = only === undefined || kind === 'route' ? all : all.filter(({ name }) => name === only);
    if (shown.length === 0) {
      await out.errorText(`Device "${only}" does not exist.\n`);
      return 1;
    }
    const isBrief = given.some((word) => /^-br/.test(word));
    if (kind === 'route') out.text(routes(all, process.container !== undefined));
    else if (kind !== 'neighbour' && !given.includes('-6'))
      for (const one of shown) {
        if (isBrief) out.text(brief(one, kind));
        else out.text(kind === 'link' ? linkLines(one, 'mode DEFAULT ') : linkLines(one) + addressLines(one));
      }
    return out.end();
  },
};

export const ifconfig: Command = {
  name: 'ifconfig',
  help: `Usage: ifconfig [-a] [INTERFACE]
Show interfaces. They cannot be changed: there is no network.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const only = argv.slice(1).find((word) => !word.startsWith('-'));
    const shown = interfacesOf(process).filter(({ name }) => only === undefined || name === only);
    if (shown.length === 0) {
      await out.errorText(`${only}: error fetching interface information: Device not found\n`);
      return 1;
    }
    for (const one of shown) {
      const names = one.flags.filter((flag) => flag !== 'LOWER_UP' && flag !== 'NO-CARRIER');
      const mask = one.prefix === 8 ? '255.0.0.0' : '255.255.0.0';
      const broadcast =
        one.name === 'lo' ? '' : `  broadcast ${(one.address ?? '').replace(/\d+\.\d+$/, '255.255')}`;
      const hardware =
        one.name === 'lo'
          ? 'loop  txqueuelen 1000  (Local Loopback)'
          : `ether ${one.hardware}  txqueuelen 0  (Ethernet)`;
      const number = one.name === 'lo' ? 73 : one.state === 'UP' ? 4163 : 4099;
      const counts = [
        'RX packets 0  bytes 0 (0.0 B)',
        'RX errors 0  dropped 0  overruns 0  frame 0',
        'TX packets 0  bytes 0 (0.0 B)',
        'TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0',
      ];
      out.line(`${one.name}: flags=${number}<${names.join(',')}>  mtu ${one.mtu}`);
      for (const row of [`inet ${one.address}  netmask ${mask}${broadcast}`, hardware, ...counts])
        out.line(`        ${row}`);
      out.line('');
    }
    return out.end();
  },
};

export const ss: Command = {
  name: 'ss',
  help: `Usage: ss [ OPTIONS ]
List sockets. None are open to a network here.

  -a -l -n -p -t -u -x   accepted
  -H   no headings
`,
  run: async (process, argv) => {
    const out = new Output(process);
    if (argv.some((word) => word === '--help' || word === '-h')) out.text(ss.help);
    else if (!argv.some((word) => /^-\w*H/.test(word))) {
      const kinds = argv.slice(1).join('').replaceAll('-', '');
      const several = !/[tux]/.test(kinds) || /[tux].*[tux]/.test(kinds);
      out.line(
        `${several ? 'Netid ' : ''}State  Recv-Q Send-Q Local Address:Port Peer Address:Port${/p/.test(kinds) ? ' Process' : ''}`,
      );
    }
    return out.end();
  },
};

export const netstat: Command = {
  name: 'netstat',
  help: `usage: netstat [-alnprtu]
List sockets, of which none are open here, or with -r the routes.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const letters = argv.slice(1).join('');
    if (/--help/.test(letters)) out.text(netstat.help);
    else if (/r/.test(letters)) {
      out.line(
        'Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
      );
      for (const { name, address = '' } of interfacesOf(process).filter((one) => one.name !== 'lo')) {
        if (process.container !== undefined)
          out.line(
            `0.0.0.0         ${gatewayOf(address).padEnd(15)} 0.0.0.0         UG        0 0          0 ${name}`,
          );
        out.line(
          `${networkOf(address).padEnd(15)} 0.0.0.0         255.255.0.0     U         0 0          0 ${name}`,
        );
      }
    } else {
      const kind = /l/.test(letters)
        ? '(only servers)'
        : /a/.test(letters)
          ? '(servers and established)'
          : '(w/o servers)';
      const program = /p/.test(letters) ? '    PID/Program name    ' : '      ';
      out.line(
        `Active Internet connections ${kind}\nProto Recv-Q Send-Q Local Address           Foreign Address         State ${program.slice(1)}`,
      );
    }
    return out.end();
  },
};
