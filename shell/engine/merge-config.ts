// What a container's configuration takes from its image's (Docker: runconfig.Merge).

import { type Config, emptyConfig, type Healthcheck } from './config.ts';
import { inGoOrder } from './health/health.ts';

/** Values of `asked` win; environment, labels, ports and volumes are united; Cmd goes with Entrypoint. */
export const mergeConfig = (asked: Partial<Config>, image: Config | undefined): Config => {
  const own: Config = { ...emptyConfig(), ...asked };
  if (image === undefined) return own;
  return {
    ...own,
    User: own.User || image.User,
    WorkingDir: own.WorkingDir || image.WorkingDir,
    Env: mergeEnv(own.Env, image.Env),
    Labels: { ...image.Labels, ...own.Labels },
    ...mergeCommand(own, image),
    ...united('ExposedPorts', own.ExposedPorts, image.ExposedPorts),
    ...united('Volumes', own.Volumes, image.Volumes),
    ...mergeHealth(own.Healthcheck, image.Healthcheck),
    ...(own.StopSignal || image.StopSignal ? { StopSignal: own.StopSignal || image.StopSignal } : {}),
    ...(own.Shell || image.Shell ? { Shell: own.Shell ?? image.Shell } : {}),
    ...(image.OnBuild === null ? {} : { OnBuild: own.OnBuild }),
  };
};

/** An own entrypoint drops the image's command; the entrypoint of one empty word (`--entrypoint ''`) means none at all. */
const mergeCommand = (own: Config, image: Config): Pick<Config, 'Cmd' | 'Entrypoint'> => {
  const { Entrypoint, Cmd } = own;
  if (Entrypoint?.length === 1 && Entrypoint[0] === '') return { Cmd, Entrypoint: null };
  if (Entrypoint !== null && Entrypoint.length > 0) return { Cmd, Entrypoint };
  return { Cmd: (Cmd ?? []).length > 0 ? Cmd : image.Cmd, Entrypoint: Entrypoint ?? image.Entrypoint };
};

/** Field by field: another interval leaves the image's command as it is. */
const mergeHealth = (
  own: Healthcheck | undefined,
  image: Healthcheck | undefined,
): Pick<Config, 'Healthcheck'> =>
  own === undefined && image === undefined ? {} : { Healthcheck: inGoOrder({ ...image, ...own }) };

const mergeEnv = (own: string[] | null, image: string[] | null): string[] | null => {
  if (own === null || own.length === 0) return image;
  const set = new Set(own.map(nameOf));
  return [...own, ...(image ?? []).filter((pair) => !set.has(nameOf(pair)))];
};

const nameOf = (pair: string): string => pair.split('=', 1)[0] as string;

const united = <Key extends 'ExposedPorts' | 'Volumes'>(
  key: Key,
  own: Record<string, object> | null | undefined,
  image: Record<string, object> | null | undefined,
): Partial<Pick<Config, Key>> => {
  if (!own && !image) return {};
  return { [key]: { ...image, ...own } } as Partial<Pick<Config, Key>>;
};
