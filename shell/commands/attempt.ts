// A call's answer as a value: for code that goes on after a failed call.

import { FsError } from '../fs/errno.ts';

/** The value of a call, or the FsError it threw; anything else that is thrown flies on. */
export const attempt = <T>(
  call: () => T,
): { value: T; error?: undefined } | { value?: undefined; error: FsError } => {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof FsError) return { error };
    throw error;
  }
};
