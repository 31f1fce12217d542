// Loads the screen without what it would load for nothing.

/**
 * Yoga reads its WebAssembly with fetch(), if there is one, and that pulls in a whole HTTP client: hide it for the
 * time of the import. It falls back to decoding the bytes itself.
 */
export async function loadApp(): Promise<typeof import('./app/main.tsx')> {
  const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  if (fetch === undefined) return import('./app/main.tsx');
  Reflect.deleteProperty(globalThis, 'fetch');
  try {
    return await import('./app/main.tsx');
  } finally {
    Object.defineProperty(globalThis, 'fetch', fetch);
  }
}
