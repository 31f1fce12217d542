// curl, wget, ping: there is no network here, and each says so in its own words.

import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { formatTime } from './time-format.ts';

/** host and port of a URL; a scheme is not needed. */
const readUrl = (text: string): { scheme: string; host: string; port: number; address: boolean } => {
  const [, scheme = 'http', host = '', port] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/@]*@)?([^/:?#]*)(?::(\d+))?/i.exec(text) ?? [];
  const address = /^\d+\.\d+\.\d+\.\d+$/.test(host) || host === 'localhost';
  return {
    scheme: scheme.toLowerCase(),
    host,
    port: Number(port ?? (scheme === 'https' ? 443 : 80)),
    address,
  };
};

const curlOptions = {
  silent: { short: 's' },
  'show-error': { short: 'S' },
  fail: { short: 'f' },
  location: { short: 'L' },
  head: { short: 'I' },
  include: { short: 'i' },
  insecure: { short: 'k' },
  verbose: { short: 'v' },
  'remote-name': { short: 'O' },
  output: { short: 'o', argument: 'required' },
  request: { short: 'X', argument: 'required' },
  header: { short: 'H', argument: 'required' },
  data: { short: 'd', argument: 'required' },
  user: { short: 'u', argument: 'required' },
  'user-agent': { short: 'A', argument: 'required' },
  'max-time': { short: 'm', argument: 'required' },
  'connect-timeout': { argument: 'required' },
  'write-out': { short: 'w', argument: 'required' },
  retry: { argument: 'required' },
} as const;

const CURL_HINT = "curl: try 'curl --help' or 'curl --manual' for more information\n";

const METER = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;
const NOTHING = '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';

export const curl: Command = {
  name: 'curl',
  usageStatus: 2,
  help: `Usage: curl [options...] <url>
Fetch a URL. There is no network here: it fails as curl fails without one.

 -d, --data <data>          data to post
 -f, --fail                 fail without output
 -H, --header <header>      a header to send
 -I, --head                 headers only
 -L, --location             follow redirects
 -o, --output <file>        write to a file
 -O, --remote-name          write to a file named as on the server
 -s, --silent               no meter and no errors
 -S, --show-error           errors in spite of -s
 -X, --request <method>     the method
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const silence = new Output(process);
    const known = await parseOptions(silence, { ...curl, usageHint: CURL_HINT.trimEnd() }, argv, curlOptions);
    if ('exit' in known) return known.exit;
    const [url] = known.operands;
    if (url === undefined) {
      await out.errorText(CURL_HINT);
      return 2;
    }
    const quiet = known.has('silent') && !known.has('show-error');
    const { scheme, host, port, address } = readUrl(url);
    const fail = async (status: number, text: string): Promise<number> => {
      if (!quiet) await out.errorText(`curl: (${status}) ${text}\n`);
      return status;
    };
    if (!['http', 'https', 'ftp'].includes(scheme))
      return fail(1, `Protocol "${scheme}" not supported or disabled in libcurl`);
    if (host === '') return fail(3, 'URL using bad/illegal format or missing URL');
    if (!known.has('silent')) await out.errorText(METER + (address ? `${NOTHING}\r${NOTHING}\n` : NOTHING));
    if (!address) return fail(6, `Could not resolve host: ${host}`);
    return fail(7, `Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server`);
  },
};

const wgetOptions = {
  quiet: { short: 'q' },
  'no-verbose': {},
  'output-document': { short: 'O', argument: 'required' },
  'directory-prefix': { short: 'P', argument: 'required' },
  continue: { short: 'c' },
  tries: { short: 't', argument: 'required' },
  timeout: { short: 'T', argument: 'required' },
  'no-check-certificate': {},
  spider: {},
} as const;

const WGET_USAGE = `Usage: wget [OPTION]... [URL]...\n`;

export const wget: Command = {
  name: 'wget',
  usageStatus: 2,
  usageLine: `${WGET_USAGE}`,
  usageHint: "Try `wget --help' for more options.",
  help: `Usage: wget [OPTION]... [URL]...
Fetch files. There is no network here: it fails as wget fails without one.

  -O, --output-document=FILE  write to FILE
  -P, --directory-prefix=DIR  write below DIR
  -q, --quiet                 say nothing
  -c, --continue              go on with a part of a file
  -t, --tries=NUMBER          how often to try
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, wget, argv, wgetOptions);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.errorText(`wget: missing URL\n${WGET_USAGE}\nTry \`wget --help' for more options.\n`);
      return 1;
    }
    for (const text of parsed.operands) {
      const { scheme, host, port, address } = readUrl(text);
      const url = /:\/\//.test(text) ? text : `http://${text}`;
      const whole = /:\/\/[^/]*$/.test(url) ? `${url}/` : url;
      const time = formatTime('%Y-%m-%d %H:%M:%S', process.kernel.clock.now());
      if (flavorOf(process) === 'busybox') {
        if (address && !parsed.has('quiet'))
          await out.errorText(`Connecting to ${host}:${port} (${host}:${port})\n`);
        await out.warn(
          address ? `can't connect to remote host (${host}): Connection refused` : `bad address '${host}'`,
        );
        // The applet stops at the first file that it cannot have.
        return 1;
      }
      const tell = (line: string): Promise<void> =>
        parsed.has('quiet') ? Promise.resolve() : out.errorText(line);
      await tell(`--${time}--  ${whole}\n`);
      if (address) await tell(`Connecting to ${host}:${port}... failed: Connection refused.\n`);
      else {
        await tell(`Resolving ${host} (${host})... failed: Name or service not known.\n`);
        await tell(`wget: unable to resolve host address ‘${host}’\n`);
      }
      out.status = scheme === 'file' ? 1 : 4;
    }
    return out.end();
  },
};

const pingOptions = {
  c: { argument: 'required' },
  i: { argument: 'required' },
  W: { argument: 'required' },
  w: { argument: 'required' },
  s: { argument: 'required' },
  q: {},
  n: {},
  '4': {},
  '6': {},
} as const;

export const ping: Command = {
  name: 'ping',
  usageStatus: 2,
  help: `Usage: ping [options] <destination>
Ask a host for an answer. There is no network here: no host has a name, and none can be reached.

  -c <count>     stop after <count> packets
  -i <interval>  seconds between packets
  -q             only the summary
  -W <timeout>   seconds to wait for an answer
  -4, -6         IPv4 or IPv6 only
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, ping, argv, pingOptions);
    if ('exit' in parsed) return parsed.exit;
    const host = parsed.operands.at(-1);
    if (host === undefined) {
      await out.errorText('ping: usage error: Destination address required\n');
      return 1;
    }
    const address = /^\d+\.\d+\.\d+\.\d+$/.test(host);
    if (flavorOf(process) === 'busybox' && !address) {
      await out.warn(`bad address '${host}'`);
      return 1;
    }
    await out.errorText(
      `ping: ${address ? 'connect: Network is unreachable' : `${host}: ${address ? '' : 'Temporary failure in name resolution'}`}\n`,
    );
    return 2;
  },
};
