// What docker prints while it pulls, where nothing can be drawn over: one line per step of each layer.

import type { Pull } from './contract.ts';
import { familiarReference, parseReference } from './reference.ts';

/** `head` says which tag comes from where; `tail` adds the digest and the outcome. */
export const pullReport = (pull: Pull): string => {
  const fresh = pull.layers.filter((layer) => !layer.exists);
  const lines = [`${pull.tag}: Pulling from ${pull.repository}`];
  for (const { id, exists } of pull.upToDate ? [] : pull.layers) {
    lines.push(`${id}: ${exists ? 'Already exists' : 'Pulling fs layer'}`);
  }
  for (const { id } of pull.upToDate ? [] : fresh)
    lines.push(`${id}: Verifying Checksum`, `${id}: Download complete`);
  for (const { id } of pull.upToDate ? [] : fresh) lines.push(`${id}: Pull complete`);
  const outcome = pull.upToDate ? 'Image is up to date for' : 'Downloaded newer image for';
  lines.push(
    `Digest: ${pull.digest}`,
    `Status: ${outcome} ${familiarReference(parseReference(pull.canonical))}`,
  );
  return lines.map((line) => `${line}\n`).join('');
};
