// docker login, logout, push, search: a registry that cannot be reached, in the words of a machine without a network.

import { isEngineError } from '../../engine/engine-error.ts';
import { parseReference } from '../../engine/reference.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { filterFlag } from './filters.ts';
import { formatFlag } from './listing.ts';
import { hostText } from './memory.ts';

const INDEX = 'https://index.docker.io/v1/';

/** What Go's dialer says, from the URL to the system call. */
const unreachable = (docker: Docker, url: string): string => {
  const host = new URL(url).host;
  const server = /^nameserver\s+(\S+)/m.exec(hostText(docker, '/etc/resolv.conf'))?.[1] ?? '127.0.0.1';
  return `Get "${url}": dial tcp: lookup ${host} on ${server}:53: dial udp ${server}:53: connect: network is unreachable`;
};

const registryOf = (domain: string): string =>
  `https://${domain === 'docker.io' ? 'registry-1.docker.io' : domain}/v2/`;

export const push = defineCommand({
  paths: ['docker image push', 'docker push'],
  usage: '[OPTIONS] NAME[:TAG]',
  summary: 'Send an image to a registry (there is none to be reached)',
  flags: {
    'all-tags': { kind: 'bool', short: 'a', help: 'All tags of the repository' },
    'disable-content-trust': { kind: 'bool', help: 'Skip signing (accepted)', initial: true },
    platform: { kind: 'string', help: 'Platform of the image (accepted)' },
    quiet: { kind: 'bool', short: 'q', help: 'Say less' },
  },
  count: { least: 1, most: 1 },
  run: (docker, { 'all-tags': all, quiet }, [name = '']) => {
    const reference = referenceOf(name);
    const repository = `${reference.domain}/${reference.path}`;
    if (all && reference.tag !== undefined) failDocker("tag can't be used with --all-tags/-a");
    if (!all && reference.tag === undefined && !quiet) docker.line('Using default tag: latest');
    docker.line(`The push refers to repository [${repository}]`);
    const familiar = repository.replace(/^docker\.io\/(library\/)?/, '');
    const tagged = `${familiar}:${reference.tag ?? 'latest'}`;
    const there = docker.engine.images
      .list({ all: true })
      .some(({ tags }) => tags.some((tag) => (all ? tag.startsWith(`${familiar}:`) : tag === tagged)));
    if (!there) failDocker(`An image does not exist locally with the tag: ${familiar}`);
    return failDocker(unreachable(docker, registryOf(reference.domain)));
  },
});

const referenceOf = (name: string) => {
  try {
    return parseReference(name);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return failDocker(error.message);
  }
};

export const search = defineCommand({
  paths: ['docker search'],
  usage: '[OPTIONS] TERM',
  summary: 'Search a registry for images (there is none to be reached)',
  flags: {
    filter: filterFlag,
    format: formatFlag,
    limit: { kind: 'int', help: 'Number of results' },
    'no-trunc': { kind: 'bool', help: 'Print everything in full' },
  },
  count: { least: 1, most: 1 },
  run: (docker, { limit }, [term = '']) => {
    const url = `${INDEX}search?q=${encodeURIComponent(term)}&n=${limit ?? 25}`;
    return failDocker(`Error response from daemon: ${unreachable(docker, url)}`);
  },
});

export const login = defineCommand({
  paths: ['docker login'],
  usage: '[OPTIONS] [SERVER]',
  summary: 'Log in to a registry (there is none to be reached)',
  flags: {
    password: { kind: 'string', short: 'p', help: 'Password' },
    'password-stdin': { kind: 'bool', help: 'Read the password from standard input' },
    username: { kind: 'string', short: 'u', help: 'User name' },
  },
  count: { least: 0, most: 1 },
  run: async (docker, { password, 'password-stdin': piped, username }, [server]) => {
    if (piped && password !== undefined) failDocker('--password and --password-stdin are mutually exclusive');
    if (piped && (username ?? '') === '') failDocker('Must provide --username with --password-stdin');
    if (password !== undefined)
      await docker.complain('WARNING! Using --password via the CLI is insecure. Use --password-stdin.');
    const complete = username !== undefined && (piped || password !== undefined);
    if (!complete && docker.process.tty(0) === undefined)
      failDocker('Error: Cannot perform an interactive login from a non TTY device');
    return failDocker(
      `Error response from daemon: ${unreachable(docker, registryOf(server ?? 'docker.io'))}`,
    );
  },
});

export const logout = defineCommand({
  paths: ['docker logout'],
  usage: '[SERVER]',
  summary: 'Log out of a registry',
  flags: {},
  count: { least: 0, most: 1 },
  run: (docker, _options, [server = INDEX]) => {
    docker.line(`Removing login credentials for ${server}`);
    return 0;
  },
});
