// The scenarios that come with cowsh, in the order in which they teach.

import { readFileSync } from 'node:fs';

/** Name, without `.md`, and title. */
export const ownScenarios = [
  { name: 'two-containers', title: 'Two containers, one image' },
  { name: 'append-to-nginx-conf', title: 'One line for nginx.conf' },
  { name: 'rm-and-whiteout', title: 'Removing what cannot be removed' },
  { name: 'layers-from-a-dockerfile', title: 'A Dockerfile, layer by layer' },
  { name: 'stop-rm-volume', title: 'What stop keeps and rm forgets' },
  { name: 'what-a-byte-costs', title: 'What one byte costs' },
] as const;

export type OwnScenario = (typeof ownScenarios)[number]['name'];

export const isOwnScenario = (name: string): name is OwnScenario =>
  ownScenarios.some((own) => own.name === name);

/** The document's text. */
export const readOwnScenario = (name: OwnScenario): string =>
  readFileSync(new URL(`./${name}.md`, import.meta.url), 'utf8');
