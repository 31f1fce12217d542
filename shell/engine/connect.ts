// How a client reaches the engine: through its socket, as docker does.

import type { Process } from '../fs/process.ts';
import type { EngineApi } from './engine.ts';

/** Where dockerd listens (/var/run is /run). Its group is docker, its mode 0660. */
export const SOCKET = '/run/docker.sock';

/** The engine behind the socket. Throws FsError: ENOENT, EACCES, ECONNREFUSED. */
export const engineOf = (process: Process): EngineApi => process.connect(SOCKET) as EngineApi;
