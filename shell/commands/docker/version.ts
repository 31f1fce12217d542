// docker version: the client's and the daemon's.

import { type Docker, DockerError, defineCommand } from './docker-command.ts';
import { printDocument } from './info.ts';
import { inspectFormatFlag } from './inspect.ts';
import { client, parts, server } from './version-facts.ts';

const rows = (list: readonly (readonly [string, string])[], margin: string, width: number): string =>
  list.map(([name, value]) => `${margin}${`${name}:`.padEnd(width)}${value}\n`).join('');

const clientText = (connected: boolean): string =>
  `Client:\n${rows(
    [
      ['Version', client.Version],
      [
        'API version',
        connected
          ? `${client.ApiVersion} (downgraded from ${client.DefaultAPIVersion})`
          : client.DefaultAPIVersion,
      ],
      ['Go version', client.GoVersion],
      ['Git commit', client.GitCommit],
      ['Built', client.BuildTime],
      ['OS/Arch', `${client.Os}/${client.Arch}`],
      ['Context', client.Context],
    ],
    ' ',
    19,
  )}`;

const serverText = (engineVersion: string): string => {
  const engine = rows(
    [
      ['Version', engineVersion],
      ['API version', `${server.ApiVersion} (minimum version ${server.MinAPIVersion})`],
      ['Go version', server.GoVersion],
      ['Git commit', server.GitCommit],
      ['Built', server.BuildTime],
      ['OS/Arch', `${server.Os}/${server.Arch}`],
      ['Experimental', 'false'],
    ],
    '  ',
    18,
  );
  const others = parts.map(
    ({ Name, Version, GitCommit }) =>
      ` ${Name}:\n${rows(
        [
          ['Version', Version],
          ['GitCommit', GitCommit],
        ],
        '  ',
        18,
      )}`,
  );
  return `\nServer:\n Engine:\n${engine}${others.join('')}`;
};

const document = (docker: Docker) => {
  const { serverVersion: Version } = docker.engine.info();
  const engine = { Name: 'Engine', Version, Details: { ...server, Experimental: 'false' } };
  const others = parts.map(({ Name, Version: version, GitCommit }) => ({
    Name,
    Version: version,
    Details: { GitCommit },
  }));
  return {
    Client: client,
    Server: { Platform: { Name: '' }, Components: [engine, ...others], Version, ...server },
  };
};

export const version = defineCommand({
  paths: ['docker version'],
  usage: '[OPTIONS]',
  summary: 'Show the versions of client and daemon',
  flags: { format: inspectFormatFlag },
  count: { least: 0, most: 0 },
  request: () => 'Get version',
  run: async (docker, { format }) => {
    if (format !== undefined && format !== '') return printDocument(docker, format, document(docker));
    try {
      const text = serverText(docker.engine.info().serverVersion);
      docker.print(clientText(true) + text);
      return 0;
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      docker.print(clientText(false));
      await docker.complain(error.message);
      return 1;
    }
  },
});
