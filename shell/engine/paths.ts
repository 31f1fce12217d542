// Where the engine keeps what (Docker 20.10, data root /var/lib/docker).

export const DATA_ROOT = '/var/lib/docker';
export const OVERLAY_HOME = `${DATA_ROOT}/overlay2`;
export const VFS_HOME = `${DATA_ROOT}/vfs/dir`;
/** What the containerd inside dockerd keeps, where it keeps images (Docker: the containerd image store). */
export const CONTAINERD_HOME = `${DATA_ROOT}/containerd/daemon`;
export const BTRFS_HOME = `${DATA_ROOT}/btrfs`;
export const CONTAINERS_HOME = `${DATA_ROOT}/containers`;
export const VOLUMES_HOME = `${DATA_ROOT}/volumes`;

/** Images and layers as one storage driver knows them: those of another stay where they are, unseen. */
export const imageHome = (driver: string): string => `${DATA_ROOT}/image/${driver}`;

/** Directories that stand from the first start on, whatever the storage driver, with their modes. */
export const skeleton: readonly (readonly [string, number])[] = [
  [DATA_ROOT, 0o710],
  [`${DATA_ROOT}/buildkit`, 0o711],
  [`${DATA_ROOT}/containerd`, 0o700],
  [CONTAINERS_HOME, 0o710],
  [`${DATA_ROOT}/image`, 0o700],
  [`${DATA_ROOT}/network`, 0o750],
  [`${DATA_ROOT}/network/files`, 0o750],
  [`${DATA_ROOT}/plugins`, 0o700],
  [`${DATA_ROOT}/runtimes`, 0o700],
  [`${DATA_ROOT}/swarm`, 0o700],
  [`${DATA_ROOT}/tmp`, 0o700],
  [`${DATA_ROOT}/trust`, 0o700],
  [VOLUMES_HOME, 0o701],
];

/** The same for the images of one storage driver. */
export const imageSkeleton = (driver: string): readonly (readonly [string, number])[] => {
  const home = imageHome(driver);
  return [
    [home, 0o700],
    [`${home}/distribution`, 0o700],
    [`${home}/imagedb`, 0o700],
    [`${home}/imagedb/content`, 0o700],
    [`${home}/imagedb/content/sha256`, 0o700],
    [`${home}/imagedb/metadata`, 0o700],
    [`${home}/imagedb/metadata/sha256`, 0o700],
    [`${home}/layerdb`, 0o700],
    [`${home}/layerdb/mounts`, 0o755],
    [`${home}/layerdb/sha256`, 0o755],
    [`${home}/layerdb/tmp`, 0o755],
  ];
};
