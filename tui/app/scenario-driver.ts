// Plays a scenario in the app: types its commands into the shell, steps back, goes on by itself if asked to.
import { createPlayer, type Player } from '../../scenarios/player.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { createStage, type Stage } from '../../scenarios/stage.ts';
import type { ScenarioView } from '../state/model.ts';
import type { Moment } from './history.ts';
import { END_MS, ENTER_MS, KEY_MS, LOOK_MS, type Pace, readingMs } from './pace.ts';
import type { Runtime } from './runtime.ts';

export interface DriverOptions {
  readonly runtime: Runtime;
  readonly scenario: Scenario;
  readonly pace: Pace;
  readonly auto: boolean;
  /** It played to its end by itself. */
  readonly ended?: (() => void) | undefined;
  /** A step begins: recordings mark it. */
  readonly stepping?: (step: number) => void;
}

export class ScenarioDriver {
  readonly #options: DriverOptions;
  readonly #player: Player;
  #auto: boolean;
  #closed = false;
  #hurry = false;
  #typed: Promise<void> | undefined;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#auto = options.auto;
    this.#player = createPlayer(options.scenario, this.#stage());
    this.#show();
  }

  /** Whether the scenario's keys are being typed: a person's would mix with them. */
  get typing(): boolean {
    return this.#player.progress().state === 'typing';
  }

  /** The next step; while one is being typed, its rest at once. */
  async next(): Promise<void> {
    if (this.typing) {
      this.#hurry = true;
      return;
    }
    const { runtime } = this.#options;
    if (runtime.model.running !== undefined) {
      runtime.dispatch({ kind: 'notice', text: 'a command still runs: end it first (Ctrl-C in the shell) ' });
      return;
    }
    this.#options.stepping?.(this.#player.progress().at);
    const step = this.#player.forward();
    this.#show();
    const played = await step;
    await this.#typed;
    this.#hurry = false;
    this.#show();
    if ((played?.failures.length ?? 0) > 0)
      runtime.dispatch({ kind: 'notice', text: 'not what the document expects ' });
  }

  back(): void {
    if (this.#options.runtime.model.running === undefined && this.#player.back()) this.#show();
  }

  /** Goes on by itself, or stops doing so. */
  toggleAuto(): void {
    this.#auto = !this.#auto;
    this.#show();
    if (this.#auto) void this.playOn();
  }

  async playOn(): Promise<void> {
    const { pace, ended } = this.#options;
    while (this.#going()) {
      await this.#read();
      if (!this.#going()) return;
      const typed = this.#player.nextStep()?.action !== undefined;
      await this.next();
      if (typed) await pace.wait(LOOK_MS);
    }
    if (!this.#auto || this.#closed) return;
    await pace.wait(END_MS);
    if (this.#auto && !this.#closed) ended?.();
  }

  // The time that reading takes, spread over the pages that the pane needs.
  async #read(): Promise<void> {
    const { pace, runtime } = this.#options;
    const time = readingMs(this.#player.nextStep()?.narration ?? []);
    const pages = runtime.pagesOfStory();
    for (let page = 1; page <= pages && this.#going(); page++) {
      await pace.wait(time / pages);
      if (page < pages) runtime.turnPage();
    }
  }

  close(): void {
    this.#closed = true;
    this.#options.runtime.dispatch({ kind: 'scenario', scenario: undefined });
  }

  #going(): boolean {
    return this.#auto && !this.#closed && this.#player.progress().state === 'ready';
  }

  #show(): void {
    if (!this.#closed) this.#options.runtime.dispatch({ kind: 'scenario', scenario: this.#view() });
  }

  #view(): ScenarioView {
    const { at, state, scenario } = this.#player.progress();
    const step = this.#player.nextStep();
    return {
      title: scenario.title,
      step: at,
      steps: scenario.steps.length,
      narration: step?.narration ?? [],
      action: step?.action,
      state,
      auto: this.#auto,
    };
  }

  // The session as a scenario sees it: its keys come at a person's pace, its snapshots remember the screen as well.
  #stage(): Stage {
    const { runtime } = this.#options;
    const { session, history } = runtime;
    return createStage({
      views: session.views,
      exited: session.exited,
      onOutput: (listener) => session.onOutput(listener),
      onCommand: (listener) => session.onCommand(listener),
      input: (bytes) => {
        this.#typed = this.#type(new TextDecoder().decode(bytes));
      },
      snapshot: () => history.moment(),
      restore: (saved) => runtime.travelTo(saved as Moment),
    });
  }

  async #type(keys: string): Promise<void> {
    const { runtime, pace } = this.#options;
    const encoder = new TextEncoder();
    for (const key of keys) {
      if (!this.#hurry) await pace.wait(key === '\r' ? ENTER_MS : KEY_MS);
      runtime.session.input(encoder.encode(key));
    }
  }
}
