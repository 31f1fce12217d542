// docker context: the daemons one could talk to, which is one.

import { SOCKET } from '../../engine/connect.ts';
import { hexOf, sha256 } from '../../engine/digest.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';
import { compileTemplate, runTemplate } from './go-template.ts';
import { type GoValue, goJson, Methods } from './go-value.ts';
import { inspectFormatFlag } from './inspect.ts';
import { formatFlag, printListing } from './listing.ts';

const HOST = `unix:///var${SOCKET}`;
const DEFAULT = 'default';

const headings = {
  Name: 'NAME',
  Description: 'DESCRIPTION',
  DockerEndpoint: 'DOCKER ENDPOINT',
  Error: 'ERROR',
};

export const contextLs = defineCommand({
  paths: ['docker context ls', 'docker context list'],
  usage: '[OPTIONS]',
  summary: 'List the daemons one could talk to',
  flags: { format: formatFlag, quiet: { kind: 'bool', short: 'q', help: 'Only names' } },
  count: { least: 0, most: 0 },
  run: (docker, { format, quiet }) => {
    if (quiet) {
      docker.line(DEFAULT);
      return 0;
    }
    const isTable = format === undefined || format === '' || format.startsWith('table');
    const row = new Methods('*formatter.clientContextContext', {
      Current: () => true,
      Name: () => (isTable ? `${DEFAULT} *` : DEFAULT),
      Description: () => 'Current DOCKER_HOST based configuration',
      DockerEndpoint: () => HOST,
      Error: () => '',
    });
    return printListing(docker, { rows: [row], headings, columns: Object.keys(headings), format });
  },
});

export const contextShow = defineCommand({
  paths: ['docker context show'],
  usage: '',
  summary: 'Print the name of the one in use',
  flags: {},
  count: { least: 0, most: 0 },
  run: (docker) => {
    docker.line(DEFAULT);
    return 0;
  },
});

const known: GoValue = {
  Name: DEFAULT,
  Metadata: {},
  Endpoints: { docker: { Host: HOST, SkipTLSVerify: false } },
  TLSMaterial: {},
  Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
};

/** Throws DockerError for any but the one. */
const need = (name: string): void => {
  if (name === DEFAULT) return;
  const path = `/root/.docker/contexts/meta/${hexOf(sha256(name))}/meta.json`;
  failDocker(`context "${name}": context not found: open ${path}: no such file or directory`);
};

export const contextInspect = defineCommand({
  paths: ['docker context inspect'],
  usage: '[OPTIONS] [CONTEXT] [CONTEXT...]',
  summary: 'Show everything known about contexts',
  flags: { format: inspectFormatFlag },
  count: { least: 0 },
  run: (docker, { format }, names) => {
    for (const name of names) need(name);
    const list = names.length === 0 ? [known] : names.map(() => known);
    if (format === undefined || format === '') docker.line(goJson(list, { indent: true, html: true }));
    else for (const one of list) fill(docker, format, one);
    return 0;
  },
});

const fill = (docker: Docker, format: string, value: GoValue): void => {
  const { template, error } = compileTemplate(format);
  if (!template) return failDocker(`template parsing error: ${error}`, 64);
  docker.line(runTemplate(template, value).text);
};

export const contextUse = defineCommand({
  paths: ['docker context use'],
  usage: 'CONTEXT',
  summary: 'Choose the daemon to talk to (there is one)',
  flags: {},
  count: { least: 1, most: 1 },
  run: async (docker, _options, [name = '']) => {
    need(name);
    docker.line(name);
    await docker.complain(`Current context is now "${name}"`);
    return 0;
  },
});
