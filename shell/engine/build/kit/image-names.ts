// Names of images as BuildKit prints them, and what a registry says of those that it has not.

/** `docker.io/library/ubuntu:20.04` */
export const canonicalName = (reference: string): string => {
  const slash = reference.indexOf('/');
  const first = reference.slice(0, slash);
  const hasDomain = slash > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasDomain || slash > 0 ? reference : `library/${reference}`;
  const named = hasDomain ? path : `docker.io/${path}`;
  return /:[^/]*$/.test(named) ? named : `${named}:latest`;
};

/** What a registry would have said. */
export const registryWords = (code: string, canonical: string, message: string): string => {
  if (code === 'manifest-unknown') return `${canonical}: not found`;
  return code === 'pull-denied'
    ? 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'
    : message;
};
