// The list of fields that numfmt is given: 1,3-5,7- or - for all.

export const readFieldList = (
  list: string,
  quote: (text: string) => string,
): ((field: number) => boolean) | string => {
  const ranges: [number, number][] = [];
  for (const part of list.split(/[, ]/)) {
    const found = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!found || part === '') return `invalid field value ${quote(part)}`;
    const [, from = '', dash = '', to = ''] = found;
    const first = from === '' ? 1 : Number(from);
    const last = to !== '' ? Number(to) : dash === '' ? first : Number.POSITIVE_INFINITY;
    if (first === 0 || last === 0) return 'fields are numbered from 1';
    if (last < first) return 'invalid decreasing range';
    ranges.push([first, last]);
  }
  return (field) => ranges.some(([first, last]) => field >= first && field <= last);
};
