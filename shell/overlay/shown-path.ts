// Paths as the kernel's log shows them.

/** The last two names (%pd2). */
export const lastTwo = (path: string): string => path.split('/').slice(-2).join('/');
