// Claims of Docker's pages that no test shows, with the reason.

export const excuses: Readonly<Record<string, string>> = {
  D25: 'a lookup through more layers takes longer on a real disk; `npm run bench` prints what it takes here',
  D31: 'there is no page cache, and no memory is measured: nothing tells whether pages are shared',
  D34: 'the host has one kind of disk, and it tells the types of directory entries',
  D35: 'the engine is 20.10: there, overlay2 is the default',
  D36: 'the snapshotters of containerd are not the drivers of this engine',
  D37: 'the engine is 20.10 and keeps unpacked layers only',
  D38: 'the engine is 20.10 and keeps everything under /var/lib/docker',
  D39: 'there are no name spaces of users',
  D40: 'images are for one platform and have no attestations',
  D41: 'there is no btrfs here; dockerd says so when it is chosen',
  D42: 'there is no zfs here; dockerd says so when it is chosen',
  D44: 'the driver is gone from today’s Docker; dockerd says so when it is chosen',
  D45: 'the driver is gone from today’s Docker; dockerd says so when it is chosen',
  D46: 'there are no rootless daemons',
  D47: 'the host is Linux',
};
