// When two build steps are the same (Docker: image/cache/compare.go): everything the program could see is equal.

import type { Config } from './config.ts';

export const sameStep = (a: Config, b: Config): boolean =>
  !a.OpenStdin &&
  !b.OpenStdin &&
  a.AttachStdout === b.AttachStdout &&
  a.AttachStderr === b.AttachStderr &&
  a.User === b.User &&
  a.Tty === b.Tty &&
  sameList(a.Cmd, b.Cmd) &&
  sameList(a.Env, b.Env) &&
  sameList(a.Entrypoint, b.Entrypoint) &&
  sameMap(a.Labels, b.Labels) &&
  sameKeys(a.ExposedPorts, b.ExposedPorts) &&
  sameKeys(a.Volumes, b.Volumes);

const sameList = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  (a ?? []).length === (b ?? []).length && (a ?? []).every((word, at) => word === b?.[at]);

type Map = Readonly<Record<string, unknown>> | null | undefined;

const sameKeys = (a: Map, b: Map): boolean =>
  sameList(Object.keys(a ?? {}).sort(), Object.keys(b ?? {}).sort());

const sameMap = (a: Map, b: Map): boolean =>
  sameKeys(a, b) && Object.entries(a ?? {}).every(([key, value]) => b?.[key] === value);
