// The versions docker reports: the client and the engine whose output cowsh follows.

export const client = {
  Version: '28.2.2',
  ApiVersion: '1.41',
  DefaultAPIVersion: '1.50',
  GitCommit: 'e6534b4',
  GoVersion: 'go1.24.3',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Fri May 30 12:07:14 2025',
  Context: 'default',
} as const;

export const server = {
  ApiVersion: '1.41',
  MinAPIVersion: '1.12',
  GitCommit: '5d6db84',
  GoVersion: 'go1.19.8',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Thu May  7 21:09:36 2026',
} as const;

export const parts = [
  { Name: 'containerd', Version: '1.6.20~ds1', GitCommit: '1.6.20~ds1-1+deb12u3' },
  { Name: 'runc', Version: '1.1.5+ds1', GitCommit: '1.1.5+ds1-1+deb12u1' },
  { Name: 'docker-init', Version: '0.19.0', GitCommit: '' },
] as const;

export const CLIENT_VERSION_LINE = `Docker version ${client.Version}, build ${client.GitCommit}`;
