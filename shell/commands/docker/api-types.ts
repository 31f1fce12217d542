// What a template sees of the API's documents: the client's types have fields that the daemon's JSON leaves out when empty,
// and keep them in another order.

import {
  type GoStruct,
  type GoValue,
  isStruct,
  isTrue,
  Methods,
  NilList,
  NilMap,
  unwritten,
} from './go-value.ts';

interface ApiType {
  /** A struct is of the type that has all of these. */
  readonly marks: readonly string[];
  /** Fields that JSON leaves out, with their zero values. */
  readonly absent: Readonly<Record<string, GoValue>>;
}

const types: readonly ApiType[] = [
  { marks: ['HostConfig', 'Path'], absent: { SizeRw: null, SizeRootFs: null } },
  { marks: ['Destination', 'Propagation'], absent: { Name: '', Driver: '' } },
  { marks: ['Subnet'], absent: { IPRange: '', Gateway: '', AuxAddress: new NilMap() } },
  { marks: ['Running', 'OOMKilled'], absent: { Health: null } },
  {
    marks: ['Hostname', 'AttachStdin'],
    absent: {
      ExposedPorts: new NilMap(),
      Healthcheck: null,
      ArgsEscaped: false,
      NetworkDisabled: false,
      MacAddress: '',
      StopSignal: '',
      StopTimeout: null,
      Shell: new NilList(),
    },
  },
  {
    marks: ['Binds', 'NetworkMode'],
    absent: {
      Annotations: new NilMap(),
      StorageOpt: new NilMap(),
      Tmpfs: new NilMap(),
      Sysctls: new NilMap(),
      Mounts: new NilList(),
      Init: null,
    },
  },
  { marks: ['Mountpoint', 'Scope'], absent: { Status: new NilMap(), UsageData: null, ClusterVolume: null } },
];

/** The zero value of a field that the document leaves out; undefined where the type has no such field. */
export const absentField = (value: GoStruct, name: string): GoValue | undefined =>
  types.find(
    ({ marks, absent }) => Object.hasOwn(absent, name) && marks.every((mark) => Object.hasOwn(value, mark)),
  )?.absent[name];

const NETWORK_ORDER = 'Bridge SandboxID SandboxKey Ports'.split(' ');
const ENDPOINT_ORDER = 'IPAMConfig Links Aliases MacAddress DriverOpts GwPriority'.split(' ');

const inOrder = (value: GoStruct, first: readonly string[]): GoStruct => ({
  ...Object.fromEntries(
    first.flatMap((name) => (Object.hasOwn(value, name) ? [[name, value[name] as GoValue]] : [])),
  ),
  ...value,
});

const HOST_ORDER =
  'Binds ContainerIDFile LogConfig NetworkMode PortBindings RestartPolicy AutoRemove VolumeDriver VolumesFrom ConsoleSize'.split(
    ' ',
  );

/** Without what the client has forgotten. */
const typedHost = (host: GoStruct): GoStruct => {
  const { KernelMemory: _kernel, KernelMemoryTCP: _tcp, ...known } = host;
  return inOrder(known, HOST_ORDER);
};

/** What JSON of an image's configuration has: the rest is a container's, and empty fields are left out. */
const imageConfigFields =
  'User ExposedPorts Env Entrypoint Cmd Volumes WorkingDir Labels StopSignal Healthcheck ArgsEscaped OnBuild Shell'.split(
    ' ',
  );

const typedImageConfig = (config: GoStruct): Methods =>
  new Methods(
    'dockerspec.DockerOCIImageConfig',
    Object.fromEntries(Object.entries(config).map(([name, value]) => [name, () => value])),
    Object.fromEntries(
      imageConfigFields.flatMap((name) => {
        const value = config[name];
        return value === undefined || !isTrue(value) ? [] : [[name, value]];
      }),
    ),
  );

/** A container's networks and settings, or an image's configuration, as the client's types have them. */
export const typedDocument = (value: GoValue): GoValue => {
  if (!isStruct(value)) return value;
  if (isStruct(value.RootFS ?? null) && isStruct(value.Config ?? null))
    return { ...value, Config: typedImageConfig(value.Config as GoStruct) };
  if (!isStruct(value.NetworkSettings ?? null)) return value;
  const settings = value.NetworkSettings as GoStruct;
  const networks = settings.Networks;
  if (!(networks instanceof Map)) return value;
  const typed = new Map(
    [...(networks as ReadonlyMap<string, GoValue>)].map(([name, endpoint]): [string, GoValue] => [
      name,
      { ...inOrder({ ...(endpoint as GoStruct), GwPriority: 0 }, ENDPOINT_ORDER), DNSNames: new NilList() },
    ]),
  );
  const host = typedHost(value.HostConfig as GoStruct);
  const state = value.State as GoStruct;
  return {
    ...value,
    State: state.Health === undefined ? { ...state, [unwritten]: [null] } : state,
    HostConfig: host,
    NetworkSettings: inOrder({ ...settings, Networks: typed }, NETWORK_ORDER),
  };
};
