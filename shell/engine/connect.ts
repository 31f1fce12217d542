// How a client reaches the engine: through its socket, as docker does.

import { fail } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import type { EngineApi } from './engine.ts';
import type { Service } from './service.ts';

/** Where dockerd listens (/var/run is /run). Its group is docker, its mode 0660. */
export const SOCKET = '/run/docker.sock';

/** The engine behind the socket. Throws FsError: ENOENT, EACCES, ECONNREFUSED. */
export const engineOf = (process: Process): EngineApi => {
  const engine = process.connect(SOCKET) as EngineApi;
  return engine.service.running ? engine : fail('ECONNREFUSED', SOCKET);
};

/** The daemon as the host's service manager has hold of it, running or not. Throws FsError: EACCES. */
export const serviceOf = (process: Process): Service => (process.connect(SOCKET) as EngineApi).service;
