// Claims of Docker's pages that no test shows, with the reason.

export const excuses: Readonly<Record<string, string>> = {
  D25: 'a lookup through more layers takes longer on a real disk; `npm run bench` prints what it takes here',
  D31: 'there is no page cache, and no memory is measured: nothing tells whether pages are shared',
  D34: 'the host has one kind of disk, and it tells the types of directory entries',
  D39: 'there are no name spaces of users',
  D40: 'images are for one platform and have no attestations',
  D45: 'the driver is gone from today’s Docker; dockerd says so when it is chosen',
  D46: 'there are no rootless daemons',
  D47: 'the host is Linux',
};
