// A build that ended badly: what docker prints, and the exit status it gives.

export class BuildError extends Error {
  /** The exit status; a RUN gives its command's. */
  readonly status: number;
  /** Found before the first step: docker names the daemon then. */
  readonly early: boolean;

  constructor(message: string, { status = 1, early = false } = {}) {
    super(message);
    this.status = status;
    this.early = early;
  }
}

export const failBuild = (message: string): never => {
  throw new BuildError(message);
};
