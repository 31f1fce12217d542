// Everything the engine can refuse, and the one table of the daemon's texts (Docker 20.10, as seen on a real engine).
// Callers print `Error response from daemon: ` before them where Docker does.

/** How the HTTP API would classify it; the CLI derives nothing else from it. */
export type EngineErrorKind = 'not-found' | 'conflict' | 'invalid' | 'forbidden' | 'system';

interface Entry {
  kind: EngineErrorKind;
  text: (...facts: string[]) => string;
}

const entry = (kind: EngineErrorKind, text: (...facts: string[]) => string): Entry => ({ kind, text });

/** Facts are given in the order in which the text names them. */
const engineErrors = {
  'no-such-container': entry('not-found', (name) => `No such container: ${name}`),
  'no-such-image': entry('not-found', (reference) => `No such image: ${reference}`),
  'no-such-network': entry('not-found', (name) => `network ${name} not found`),
  'network-exists': entry('conflict', (name) => `network with name ${name} already exists`),
  'one-network-of-driver': entry(
    'forbidden',
    (driver) => `only one instance of "${driver}" network is allowed`,
  ),
  'no-network-driver': entry('not-found', (driver) => `plugin "${driver}" not found`),
  'no-free-subnet': entry(
    'system',
    () =>
      'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ),
  'network-built-in': entry('forbidden', (name) => `${name} is a pre-defined network and cannot be removed`),
  'network-in-use': entry(
    'forbidden',
    (name, id) => `error while removing network: network ${name} id ${id} has active endpoints`,
  ),
  'host-network-stays': entry(
    'forbidden',
    () => 'container cannot be disconnected from host network or connected to host network',
  ),
  'none-network-alone': entry(
    'forbidden',
    () =>
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
  ),
  'already-on-network': entry(
    'forbidden',
    (container, network) => `endpoint with name ${container} already exists in network ${network}`,
  ),
  'not-on-network': entry(
    'system',
    (container, network) => `container ${container} is not connected to network ${network}`,
  ),
  'port-taken': entry(
    'system',
    (name, id, address) =>
      `driver failed programming external connectivity on endpoint ${name} (${id}): Bind for ${address} failed: port is already allocated`,
  ),
  'no-such-device': entry(
    'invalid',
    (path) =>
      `error gathering device information while adding custom device "${path}": no such file or directory`,
  ),
  'no-device': entry(
    'invalid',
    (path) => `error gathering device information while adding custom device "${path}": not a device node`,
  ),
  'log-unreadable': entry('invalid', () => 'configured logging driver does not support reading'),
  'short-health-time': entry('invalid', (field) => `${field} in Healthcheck cannot be less than 1ms`),
  'little-memory': entry('invalid', () => 'Minimum memory limit allowed is 6MB'),
  'no-such-volume': entry('not-found', (name) => `get ${name}: no such volume`),
  'ambiguous-prefix': entry('invalid', (prefix) => `Multiple IDs found with provided prefix: ${prefix}`),
  'name-in-use': entry(
    'conflict',
    (name, id) =>
      `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  ),
  'rename-in-use': entry(
    'conflict',
    (name, id) =>
      `Error when allocating new name: Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  ),
  'rename-same': entry('invalid', () => 'Renaming a container with the same name as its current name'),
  'rename-bad-name': entry(
    'invalid',
    (name) =>
      `Error when allocating new name: Invalid container name (/${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
  ),
  'bad-container-name': entry(
    'invalid',
    (name) => `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
  ),
  'no-command': entry('invalid', () => 'No command specified'),
  'container-running': entry(
    'conflict',
    (id) =>
      `You cannot remove a running container ${id}. Stop the container before attempting removal or force remove`,
  ),
  'container-paused-removal': entry(
    'conflict',
    (id) =>
      `You cannot remove a paused container ${id}. Unpause and then stop the container before attempting removal or force remove`,
  ),
  'container-not-running': entry('conflict', (id) => `Container ${id} is not running`),
  'container-restarting': entry(
    'conflict',
    (id) => `Container ${id} is restarting, wait until the container is running`,
  ),
  'container-restarting-removal': entry(
    'conflict',
    (id) =>
      `You cannot remove a restarting container ${id}. Stop the container before attempting removal or force remove`,
  ),
  'container-paused': entry(
    'conflict',
    (name) => `Container ${name} is paused, unpause the container before exec`,
  ),
  'start-paused': entry('conflict', () => 'cannot start a paused container, try unpause instead'),
  'already-paused': entry('conflict', (id) => `Container ${id} is already paused`),
  'not-paused': entry('conflict', (id) => `Container ${id} is not paused`),
  'cannot-kill': entry('conflict', (name, why) => `Cannot kill container: ${name}: ${why}`),
  'attach-stopped': entry('conflict', () => 'You cannot attach to a stopped container, start it first'),
  'attach-paused': entry('conflict', () => 'You cannot attach to a paused container, unpause it first'),
  'bad-signal': entry('invalid', (signal) => `Invalid signal: ${signal}`),
  'exec-not-found': entry(
    'invalid',
    (face, command) => `${face}: exec: "${command}": executable file not found in $PATH: unknown`,
  ),
  'exec-failed': entry('invalid', (face, command, why) => `${face}: exec: "${command}": ${why}: unknown`),
  'exec-relative-directory': entry(
    'invalid',
    () => 'OCI runtime exec failed: exec failed: Cwd must be an absolute path: unknown',
  ),
  'exec-no-directory': entry(
    'invalid',
    (path, why) =>
      `OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("${path}") set in config.json failed: ${why}: unknown`,
  ),
  'bad-working-directory': entry(
    'invalid',
    (path) => `the working directory '${path}' is invalid, it needs to be an absolute path`,
  ),
  'no-such-user': entry(
    'invalid',
    (user) => `unable to find user ${user}: no matching entries in passwd file`,
  ),
  'no-such-group': entry(
    'invalid',
    (group) => `unable to find group ${group}: no matching entries in group file`,
  ),
  'reference-in-use': entry(
    'conflict',
    (reference, container, image) =>
      `conflict: unable to remove repository reference "${reference}" (must force) - container ${container} is using its referenced image ${image}`,
  ),
  'image-in-use': entry(
    'conflict',
    (image, container) =>
      `conflict: unable to delete ${image} (must be forced) - image is being used by stopped container ${container}`,
  ),
  'image-in-use-running': entry(
    'conflict',
    (image, container) =>
      `conflict: unable to delete ${image} (cannot be forced) - image is being used by running container ${container}`,
  ),
  'image-has-children': entry(
    'conflict',
    (image) => `conflict: unable to delete ${image} (cannot be forced) - image has dependent child images`,
  ),
  'image-in-repositories': entry(
    'conflict',
    (image) =>
      `conflict: unable to delete ${image} (must be forced) - image is referenced in multiple repositories`,
  ),
  'bad-reference': entry('invalid', () => 'invalid reference format'),
  'reference-uppercase': entry(
    'invalid',
    (name) => `invalid reference format: repository name (${name}) must be lowercase`,
  ),
  'daemon-file': entry(
    'system',
    (why) => `unable to configure the Docker daemon with file /etc/docker/daemon.json: ${why}`,
  ),
  'daemon-flag-twice': entry(
    'system',
    (flag, file) =>
      `unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives are specified both as a flag and in the configuration file: storage-driver: (from flag: ${flag}, from file: ${file})`,
  ),
  'driver-unsupported': entry(
    'system',
    () => 'failed to start daemon: error initializing graphdriver: driver not supported',
  ),
  'driver-state-of-several': entry(
    'system',
    (home, drivers) =>
      `failed to start daemon: error initializing graphdriver: ${home} contains several valid graphdrivers: ${drivers}; Please cleanup or explicitly choose storage driver (-s <DRIVER>)`,
  ),
  'max-depth': entry('system', () => 'max depth exceeded'),
  'pull-denied': entry(
    'not-found',
    (repository) =>
      `pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  ),
  'manifest-unknown': entry(
    'not-found',
    (reference) => `manifest for ${reference} not found: manifest unknown: manifest unknown`,
  ),
  'volume-gone': entry(
    'system',
    (path) =>
      `error evaluating symlinks from mount source "${path}": lstat ${path}: no such file or directory`,
  ),
  'volume-in-use': entry('conflict', (name, ids) => `remove ${name}: volume is in use - [${ids}]`),
  'short-volume-name': entry(
    'invalid',
    (name) =>
      `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
  ),
  'bad-volume-name': entry(
    'invalid',
    (name) =>
      `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  ),
  'bad-volume-specification': entry(
    'invalid',
    (specification, why) => `invalid volume specification: '${specification}': ${why}`,
  ),
  'bad-volume-form': entry('invalid', (specification) => `invalid volume specification: '${specification}'`),
  'bad-mount-mode': entry('invalid', (mode) => `invalid mode: ${mode}`),
  'bad-mount': entry('invalid', (type, why) => `invalid mount config for type "${type}": ${why}`),
  'mount-source': entry(
    'system',
    (path, why) => `error while creating mount source path '${path}': mkdir ${path}: ${why}`,
  ),
  'mount-failed': entry(
    'invalid',
    (face, source, target, why) =>
      `${face}: error during container init: error mounting "${source}" to rootfs at "${target}": mount ${source}:${target} (via /proc/self/fd/6), flags: 0x5000: ${why}: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
  ),
  'duplicate-mount': entry('invalid', (target) => `Duplicate mount point: ${target}`),
  'read-only-rootfs': entry('forbidden', () => 'container rootfs is marked read-only'),
  /** A text that another part of the engine has put together. */
  plain: entry('invalid', (text) => text),
  'path-is-no-directory': entry('invalid', (path) => `Cannot mkdir: ${path} is not a directory`),
} as const satisfies Record<string, Entry>;

export type EngineErrorCode = keyof typeof engineErrors;

/** A refusal of the engine; `message` is the daemon's text without any prefix. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly kind: EngineErrorKind;
  readonly facts: readonly string[];

  constructor(code: EngineErrorCode, ...facts: string[]) {
    super(engineErrors[code].text(...facts));
    this.name = 'EngineError';
    this.code = code;
    this.kind = engineErrors[code].kind;
    this.facts = facts;
  }
}

export const refuse = (code: EngineErrorCode, ...facts: string[]): never => {
  throw new EngineError(code, ...facts);
};

export const isEngineError = (error: unknown, code?: EngineErrorCode): error is EngineError =>
  error instanceof EngineError && (code === undefined || error.code === code);
