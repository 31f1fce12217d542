// Image references: `[host/]name[:tag][@digest]` and the familiar short form of docker.io/library.

import { refuse } from './engine-error.ts';

export interface Reference {
  /** `docker.io` */
  domain: string;
  /** `library/ubuntu` */
  path: string;
  tag: string | undefined;
  digest: string | undefined;
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const pathPattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digestPattern = /^sha256:[0-9a-f]{64}$/;
const domainPattern = /^(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.[A-Za-z0-9-]+)*(?::[0-9]+)?$/;

/** Splits `text`; throws bad-reference or reference-uppercase with Docker's words. */
export const parseReference = (text: string): Reference => {
  if (/^[0-9a-f]{64}$/.test(text)) return refuse('bad-reference');
  const { domain, remainder } = splitDomain(text);
  const at = remainder.indexOf('@');
  const digest = at < 0 ? undefined : remainder.slice(at + 1);
  const named = at < 0 ? remainder : remainder.slice(0, at);
  const colon = named.lastIndexOf(':');
  const path = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const lower = path.split(':', 1)[0] as string;
  if (lower !== lower.toLowerCase()) return refuse('reference-uppercase', lower);
  const wellFormed =
    pathPattern.test(path) &&
    domainPattern.test(domain) &&
    (tag === undefined || tagPattern.test(tag)) &&
    (digest === undefined || digestPattern.test(digest));
  return wellFormed ? { domain, path, tag, digest } : refuse('bad-reference');
};

const splitDomain = (text: string): { domain: string; remainder: string } => {
  const slash = text.indexOf('/');
  const first = text.slice(0, slash);
  const isDomain =
    slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const domain = isDomain ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const remainder = isDomain ? text.slice(slash + 1) : text;
  return {
    domain,
    remainder: domain === 'docker.io' && !remainder.includes('/') ? `library/${remainder}` : remainder,
  };
};

/** `ubuntu` for docker.io/library/ubuntu. */
export const familiarName = ({ domain, path }: Reference): string => {
  if (domain !== 'docker.io') return `${domain}/${path}`;
  return path.startsWith('library/') && path.indexOf('/', 8) < 0 ? path.slice(8) : path;
};

/** `ubuntu:20.04`; a reference that says neither tag nor digest gets `latest`. */
export const familiarReference = (reference: Reference): string => {
  const name = familiarName(reference);
  if (reference.tag !== undefined) return `${name}:${reference.tag}`;
  return reference.digest === undefined ? `${name}:latest` : `${name}@${reference.digest}`;
};

/** `ubuntu` and `library/ubuntu:latest` both give `ubuntu:latest`. */
export const normalizeReference = (text: string): string => familiarReference(parseReference(text));
