// name=value lists, as labels and options are given.

export const pairs = (list: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    list.map((text) => {
      const equals = text.indexOf('=');
      return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
