// Extended attributes of a file: a list that is never changed, so that snapshots share it. Files have few of them,
// and a copied-up one has at least its origin: a Map for each would take more memory than the rest of its inode.

export interface AttributeList {
  readonly name: string;
  readonly value: Uint8Array;
  readonly next: AttributeList | undefined;
}

type List = AttributeList | undefined;

export const findAttribute = (list: List, name: string): Uint8Array | undefined => {
  let at = list;
  while (at !== undefined && at.name !== name) at = at.next;
  return at?.value;
};

/** The list with the attribute changed in its place, or added at the end. */
export const withAttribute = (list: List, name: string, value: Uint8Array): AttributeList => {
  if (list === undefined) return { name, value, next: undefined };
  if (list.name === name) return { name, value, next: list.next };
  return { name: list.name, value: list.value, next: withAttribute(list.next, name, value) };
};

export const withoutAttribute = (list: List, name: string): List => {
  if (list === undefined) return undefined;
  if (list.name === name) return list.next;
  return { name: list.name, value: list.value, next: withoutAttribute(list.next, name) };
};

export const attributeNames = (list: List): string[] => {
  const names: string[] = [];
  for (let at = list; at !== undefined; at = at.next) names.push(at.name);
  return names;
};
