// The app without its screen: session, terminal, model. The live app and the recorder drive the same one.

import { layerNames } from '../panes/layer-names.ts';
import { Story } from '../panes/story.ts';
import { Screen, type ScreenView } from '../screen/screen.ts';
import { type Size, shellSize } from '../state/layout.ts';
import type { Effect, Message } from '../state/message.ts';
import { initialModel, type MachineView, type Model } from '../state/model.ts';
import { places, readOn, update } from '../state/update.ts';
import type { Theme } from '../text/theme.ts';
import { saysSomething } from './event-filter.ts';
import { History, type Moment } from './history.ts';
import type { SessionPort } from './session-port.ts';

/** What is drawn: a model and the shell's screen at one moment. */
export interface Frame {
  readonly model: Model;
  readonly screen: ScreenView;
}

export interface RuntimeOptions {
  readonly session: SessionPort;
  readonly size: Size;
  readonly theme: Theme;
  /**
   * Called when something changed; the owner calls `refresh` when it wants a frame. `later`: with the next frame, or
   * soon if there is none: what a command does to layers mostly comes with output of it.
   */
  readonly changed: (when: 'now' | 'later') => void;
  /** Effects that are not about the session: quit, suspend, scenarios. */
  readonly perform: (effect: Effect) => void;
}

const MOST_UNSHOWN = 64 * 1024;

export class Runtime {
  readonly session: SessionPort;
  readonly screen: Screen;
  readonly history: History;
  model: Model;
  readonly #options: RuntimeOptions;
  #story: Story;
  #command = '';
  #machineChanged = false;
  #waiting: (() => void)[] = [];

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.session = options.session;
    this.#story = this.#newStory();
    this.model = initialModel(options.size, options.theme, this.#machineView(0));
    const { columns, rows } = shellSize(places(this.model)) ?? { columns: 80, rows: 24 };
    this.screen = new Screen(columns, rows, (bytes) => this.session.input(bytes));
    this.history = new History(this.session, this.screen);
    this.session.resize(columns, rows);
    this.session.onOutput((bytes) => this.#output(bytes));
    this.session.onTrace((event) => {
      if (!saysSomething(event)) return;
      this.#story.add(event);
      this.#machineChanged = true;
      options.changed('later');
    });
    void this.session.atPrompt().then(() => this.history.ready());
    this.session.onCommand((event) => (event.kind === 'begin' ? this.#begin(event.line) : this.#end()));
  }

  dispatch(message: Message): void {
    const { model, effects } = update(this.model, message);
    const same = model === this.model && effects.length === 0;
    this.model = model;
    for (const effect of effects) this.#perform(effect);
    if (!same) this.#options.changed('now');
  }

  /** The frame as of now. */
  refresh(): Frame {
    if (this.#machineChanged) {
      this.#machineChanged = false;
      this.model = update(this.model, {
        kind: 'machine',
        machine: this.#machineView(this.model.machine.revision + 1),
      }).model;
    }
    return { model: this.model, screen: this.screen.view(this.model.scrolled) };
  }

  /** Resolves when the shell is at its prompt with nothing running and all output is on the screen. */
  async idle(): Promise<void> {
    while (this.model.running !== undefined)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await this.screen.write('');
  }

  /** Pages from here to the end of what the scenario tells. */
  pagesOfStory(): number {
    let pages = 1;
    for (let model = readOn(this.model); model !== undefined; model = readOn(model)) pages++;
    return pages;
  }

  turnPage(): void {
    this.dispatch({ kind: 'turn-page' });
  }

  undo(): void {
    this.#travel(this.history.undo(), 'undid');
  }

  redo(): void {
    this.#travel(this.history.redo(), 'redid');
  }

  /** Goes to a moment of a scenario: what was done since is not kept for redo. */
  travelTo(moment: Moment): void {
    this.history.goTo(moment);
    this.history.clear();
    this.dispatch({ kind: 'history', ...this.history.depth });
    this.#forgetStory();
  }

  // The machine is another one: the last story is no longer true.
  #forgetStory(): void {
    this.#command = '';
    this.#story = this.#newStory();
    this.#changed();
  }

  #travel(line: string | undefined, done: string): void {
    if (line === undefined) {
      this.dispatch({ kind: 'notice', text: 'not while a command runs ' });
      return;
    }
    this.#forgetStory();
    this.dispatch({ kind: 'history', ...this.history.depth });
    this.dispatch({ kind: 'notice', text: `${done}: ${line} ` });
  }

  // A program that prints faster than the screen can follow waits for it.
  #output(bytes: Uint8Array): void | Promise<void> {
    this.history.output(bytes);
    const shown = this.screen.write(bytes).then(() => this.#options.changed('now'));
    if (this.screen.backlog > MOST_UNSHOWN) return shown;
  }

  #begin(line: string): void {
    this.history.begin(line);
    this.#command = line;
    this.#story = this.#newStory();
    this.dispatch({ kind: 'running', command: line });
    this.#changed();
  }

  #end(): void {
    this.history.end();
    this.dispatch({ kind: 'history', ...this.history.depth });
    this.dispatch({ kind: 'running', command: undefined });
    this.#changed();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #perform(effect: Effect): void {
    if (effect.kind === 'resize-shell') {
      this.screen.resize(effect.size.columns, effect.size.rows);
      this.session.resize(effect.size.columns, effect.size.rows);
    } else if (effect.kind === 'undo') this.undo();
    else if (effect.kind === 'redo') this.redo();
    else this.#options.perform(effect);
  }

  #changed(): void {
    this.#machineChanged = true;
    this.#options.changed('now');
  }

  // Names are looked up while the event is fresh: the layer may be gone when it is drawn.
  #newStory(): Story {
    let names = layerNames([]);
    const asked = new Set<string>();
    const fresh = (directory: string) => {
      if (!names.known(directory) && !asked.has(directory)) {
        names = layerNames(this.session.views.containers());
        asked.add(directory);
      }
      return names;
    };
    return new Story({
      of: (directory) => fresh(directory).of(directory),
      known: (directory) => fresh(directory).known(directory),
    });
  }

  #machineView(revision: number): MachineView {
    const { paragraphs, dropped, container } = this.#story;
    return {
      revision,
      views: this.session.views,
      story: { command: this.#command, paragraphs, dropped, container },
    };
  }
}
