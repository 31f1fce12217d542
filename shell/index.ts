// The door of the shell: what scenarios and the screen may import, and the only file of the shell they may.

import { isIncomplete, parse } from './interp/syntax.ts';

export { type DriverName, driverNames, driverNote, isDriverName } from './engine/storage/driver-names.ts';
export type { ArchiveSource } from './engine/tar/archive-source.ts';
export type {
  BytesView,
  ContainerView,
  LayerRow,
  LayerView,
  MergedRow,
  Sign,
  Views,
} from './engine/views.ts';
export { isLoading, onceLoaded } from './fs/loading.ts';
export type { CopyUpStep, LayerStep, LookupStep, TraceEvent, WhiteoutStep } from './fs/trace.ts';
export type { ImageFile } from './machine/image-files.ts';
export { type OpenOptions, openSession } from './session/open-session.ts';
export { runScript } from './session/run-script.ts';
export type { SavedImage, ScriptRun } from './session/script-run.ts';
export type { CommandEvent, PromptPlace, Session, SessionSnapshot } from './session/session.ts';

/** Whether an interactive shell would ask for more lines of this command. */
export const isUnfinished = (command: string): boolean => isIncomplete(parse(command));
