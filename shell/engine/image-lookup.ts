// Which image a word means: a reference, an ID or the beginning of one.

import { EngineError, isEngineError, refuse } from './engine-error.ts';
import type { ImageStore } from './image-store.ts';
import { familiarReference, parseReference } from './reference.ts';

/** Throws no-such-image with the reference in Docker's full form (`nosuch:latest`). */
export const resolveImage = (images: ImageStore, text: string): string =>
  findImage(images, text) ?? refuse('no-such-image', shownReference(text));

export const findImage = (images: ImageStore, text: string): string | undefined => {
  if (text === '') return undefined;
  const hex = text.replace(/^sha256:/, '');
  if (/^[0-9a-f]{64}$/.test(hex))
    return images.get(`sha256:${hex}`) === undefined ? undefined : `sha256:${hex}`;
  const named = byName(images, text);
  if (named !== undefined) return named;
  if (!/^[0-9a-f]{1,64}$/.test(hex)) return undefined;
  const fitting = images.all().filter((id) => id.startsWith(`sha256:${hex}`));
  return fitting.length === 1 ? fitting[0] : undefined;
};

const byName = (images: ImageStore, text: string): string | undefined => {
  try {
    return images.references().get(familiarReference(parseReference(text)));
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
};

const shownReference = (text: string): string => {
  try {
    return text.startsWith('sha256:') ? text : familiarReference(parseReference(text));
  } catch (error) {
    if (error instanceof EngineError) return text;
    throw error;
  }
};
