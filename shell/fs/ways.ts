// What may lead a path elsewhere than before is counted: a directory removed, moved or closed to somebody, a mount made
// or taken away, a restored snapshot. As long as the count stands, the way to a directory that was walked before is known.

/** Of all machines together: one that counts too much only makes a walk longer. */
export const ways = { changes: 0 };
