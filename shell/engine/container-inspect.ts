// docker container inspect: the record, the host's configuration and the driver's data, keys in Docker's order.

import { orderedConfig } from './config.ts';
import { shownState } from './container-record.ts';
import type { ContainerInspect, ContainerSize } from './contract.ts';
import type { Daemon } from './daemon.ts';
import { refuse } from './engine-error.ts';
import { shownMounts } from './mount-points.ts';
import { shownNetwork } from './network-settings.ts';

export const inspectContainer = (
  daemon: Daemon,
  id: string,
  size: ContainerSize | undefined,
): ContainerInspect => {
  const record = daemon.containers.record(id);
  const mount = daemon.layers.mountOf(id) ?? refuse('no-such-container', id);
  return {
    Id: record.ID,
    Created: record.Created,
    Path: record.Path,
    Args: record.Args,
    State: shownState(record.State),
    Image: record.Image,
    ResolvConfPath: record.ResolvConfPath,
    HostnamePath: record.HostnamePath,
    HostsPath: record.HostsPath,
    LogPath: record.LogPath,
    Name: record.Name,
    RestartCount: record.RestartCount,
    Driver: record.Driver,
    Platform: record.OS,
    MountLabel: record.MountLabel,
    ProcessLabel: record.ProcessLabel,
    AppArmorProfile: record.AppArmorProfile,
    ExecIDs: null,
    HostConfig: daemon.containers.hostConfig(id),
    GraphDriver: { Data: daemon.driver.metadata(mount.mountId), Name: daemon.driver.name },
    ...(size === undefined ? {} : { SizeRw: size.rw, SizeRootFs: size.rootFs }),
    Mounts: shownMounts(record),
    Config: orderedConfig(record.Config),
    NetworkSettings: shownNetwork(record.NetworkSettings),
  };
};
