// Which names extended attributes have (xattr(7)): those of three namespaces, and of `system.` the two names of access
// control lists (acl(5)).

import { isAccessList } from './access-list.ts';
import { fail } from './errno.ts';

const NAMESPACES = ['user.', 'trusted.', 'security.'];

const namespaceOf = (name: string): string | undefined =>
  NAMESPACES.find((namespace) => name.startsWith(namespace));

export const isAttributeName = (name: string): boolean => {
  const namespace = namespaceOf(name);
  return isAccessList(name) || (namespace !== undefined && name !== namespace);
};

/** EOPNOTSUPP for an unknown namespace, EINVAL for a namespace alone (xattr_resolve_name). */
export const checkAttributeName = (name: string): void => {
  if (!isAttributeName(name)) fail(namespaceOf(name) === undefined ? 'EOPNOTSUPP' : 'EINVAL');
};
