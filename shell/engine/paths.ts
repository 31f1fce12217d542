// Where the engine keeps what (Docker 20.10, data root /var/lib/docker).

export const DATA_ROOT = '/var/lib/docker';
export const OVERLAY_HOME = `${DATA_ROOT}/overlay2`;
export const IMAGE_HOME = `${DATA_ROOT}/image/overlay2`;
export const CONTAINERS_HOME = `${DATA_ROOT}/containers`;
export const VOLUMES_HOME = `${DATA_ROOT}/volumes`;

/** Directories that stand from the first start on, with their modes. */
export const skeleton: readonly (readonly [string, number])[] = [
  [DATA_ROOT, 0o710],
  [`${DATA_ROOT}/buildkit`, 0o711],
  [`${DATA_ROOT}/containerd`, 0o700],
  [CONTAINERS_HOME, 0o710],
  [`${DATA_ROOT}/image`, 0o700],
  [IMAGE_HOME, 0o700],
  [`${IMAGE_HOME}/distribution`, 0o700],
  [`${IMAGE_HOME}/imagedb`, 0o700],
  [`${IMAGE_HOME}/imagedb/content`, 0o700],
  [`${IMAGE_HOME}/imagedb/content/sha256`, 0o700],
  [`${IMAGE_HOME}/imagedb/metadata`, 0o700],
  [`${IMAGE_HOME}/imagedb/metadata/sha256`, 0o700],
  [`${IMAGE_HOME}/layerdb`, 0o700],
  [`${IMAGE_HOME}/layerdb/mounts`, 0o755],
  [`${IMAGE_HOME}/layerdb/sha256`, 0o755],
  [`${IMAGE_HOME}/layerdb/tmp`, 0o755],
  [`${DATA_ROOT}/network`, 0o750],
  [`${DATA_ROOT}/network/files`, 0o750],
  [OVERLAY_HOME, 0o710],
  [`${OVERLAY_HOME}/l`, 0o700],
  [`${DATA_ROOT}/plugins`, 0o700],
  [`${DATA_ROOT}/runtimes`, 0o700],
  [`${DATA_ROOT}/swarm`, 0o700],
  [`${DATA_ROOT}/tmp`, 0o700],
  [`${DATA_ROOT}/trust`, 0o700],
  [VOLUMES_HOME, 0o701],
];
