// The app: a session, the runtime around it, Ink's screen, and the real terminal, put together and taken apart.
import { render } from 'ink';
import { isOwnScenario, ownScenarios, readOwnScenario } from '../../scenarios/catalogue.ts';
import { parseScenario } from '../../scenarios/parse.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { openSession, type Session } from '../../shell/index.ts';
import type { Common } from '../command-line.ts';
import { savedImage } from '../image-files.ts';
import { inkStdin } from '../input/ink-stdin.ts';
import { KeyStream } from '../input/key-stream.ts';
import type { Token } from '../input/read-keys.ts';
import { machineOptions } from '../machine-options.ts';
import { historyPath, PastCommands } from '../past-commands.ts';
import type { Effect } from '../state/message.ts';
import { themeFor } from '../text/theme.ts';
import { openTraceFile } from '../trace-file.ts';
import { type Ending, watchEndings } from './endings.ts';
import { FramePacer } from './frame-pacer.ts';
import { realPace } from './pace.ts';
import { routeKey } from './route-key.ts';
import { Runtime } from './runtime.ts';
import { ScenarioDriver } from './scenario-driver.ts';
import { Suspension } from './suspend.ts';
import { RealTerminal } from './terminal.ts';
import { View } from './view.tsx';

export interface AppOptions extends Common {
  readonly scenario?: Scenario;
  /** The scenario plays by itself, and the app ends with it. */
  readonly auto?: boolean;
}

/**
 * Runs until the person quits, the login shell ends, a signal comes, or an automatic scenario is over. Throws
 * ImageFileError, the screen being as it was.
 */
export async function startApp(options: AppOptions): Promise<number> {
  const past = new PastCommands(historyPath(process.env));
  const session = openSession({ ...machineOptions(options), history: past.read() });
  const app = new App(options, session, past);
  const { status, error } = await app.ended;
  app.close();
  if (error !== undefined) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  for (const order of options.save ?? []) savedImage(order).write(session.saveImage(order.image));
  return status;
}

class App {
  readonly ended: Promise<Ending>;
  readonly #end: (ending: Ending) => void;
  readonly #runtime: Runtime;
  readonly #terminal: RealTerminal;
  readonly #suspension: Suspension;
  readonly #pacer: FramePacer;
  readonly #keys: KeyStream;
  readonly #stdin = inkStdin();
  readonly #unwatch: () => void;
  readonly #closeTrace: () => void;
  readonly #ink: ReturnType<typeof render>;
  #driver: ScenarioDriver | undefined;

  constructor(options: AppOptions, session: Session, past: PastCommands) {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    this.ended = promise;
    this.#end = resolve;
    this.#unwatch = watchEndings(resolve);
    this.#keys = new KeyStream((token) => this.#take(token));
    this.#terminal = new RealTerminal({
      input: (bytes) => this.#keys.push(bytes),
      resized: (size) => {
        this.#runtime.dispatch({ kind: 'resize', size });
        this.#pacer.now();
      },
    });
    this.#suspension = new Suspension(this.#terminal);
    this.#pacer = new FramePacer(() => this.#ink?.rerender(this.#view()));
    this.#runtime = new Runtime({
      session,
      size: this.#terminal.size,
      theme: themeFor(process.env),
      changed: (when) => (when === 'now' ? this.#pacer.soon() : this.#pacer.later()),
      perform: (effect) => this.#perform(effect),
    });
    // What a scenario types is not what the person did.
    session.onCommand((event) => {
      if (event.kind === 'begin' && event.remembered && this.#driver === undefined) past.add(event.line);
    });
    this.#closeTrace = traceTo(options.trace, session);
    void session.exited.then((status) => resolve({ status: this.#driver === undefined ? status : 0 }));
    this.#runtime.dispatch({ kind: 'scenarios', list: ownScenarios });
    if (session.loaded.length > 0)
      this.#runtime.dispatch({ kind: 'notice', text: `loaded: ${session.loaded.join(', ')} ` });
    this.#ink = render(this.#view(), {
      stdin: this.#stdin,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: 240,
    });
    // An error while drawing: Ink has unmounted itself by then.
    this.#ink.waitUntilExit().catch((error: unknown) => resolve({ status: 1, error }));
    if (options.scenario !== undefined) this.#play(options.scenario, options.auto === true);
  }

  close(): void {
    this.#pacer.stop();
    this.#keys.stop();
    this.#ink.unmount();
    this.#suspension.dispose();
    this.#terminal.dispose();
    this.#unwatch();
    this.#closeTrace();
  }

  #take(token: Token): Promise<void> | undefined {
    const turn = routeKey(token, {
      runtime: this.#runtime,
      dialog: (bytes) => this.#stdin.type(bytes),
      shellTakesKeys: () => this.#driver?.typing !== true,
    });
    return turn === 'pause' ? this.#drawn() : undefined;
  }

  // A dialog of Ink's computes each key from what it last drew.
  async #drawn(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) {
      this.#pacer.now();
      await this.#ink.waitUntilRenderFlush();
    }
  }

  #view() {
    return (
      <View
        frame={this.#runtime.refresh()}
        filtered={(text) => this.#runtime.dispatch({ kind: 'filter', text })}
        filterDone={() => this.#runtime.dispatch({ kind: 'choose' })}
        mounted={this.#suspension.mounted}
      />
    );
  }

  #perform(effect: Effect): void {
    const act = this.#acts[effect.kind] as ((effect: Effect) => void) | undefined;
    act?.(effect);
  }

  readonly #acts: Acts = {
    quit: () => this.#end({ status: 0 }),
    suspend: () => void this.#suspension.suspend(),
    'start-scenario': ({ name }) => this.#startOwn(name),
    'scenario-next': () => void this.#driver?.next(),
    'scenario-back': () => this.#driver?.back(),
    'scenario-auto': () => this.#driver?.toggleAuto(),
    'scenario-close': () => {
      this.#driver?.close();
      this.#driver = undefined;
    },
  };

  #startOwn(name: string): void {
    if (!isOwnScenario(name)) return;
    const parsed = parseScenario(readOwnScenario(name), name);
    if (!parsed.ok) throw new Error(`${name}.md: ${parsed.problems[0]?.text}`);
    this.#driver?.close();
    this.#play(parsed.scenario, false);
  }

  #play(scenario: Scenario, auto: boolean): void {
    const ended = auto ? () => this.#end({ status: 0 }) : undefined;
    this.#driver = new ScenarioDriver({ runtime: this.#runtime, scenario, pace: realPace, auto, ended });
    if (auto) void this.#driver.playOn();
  }
}

type Acts = { readonly [K in Effect['kind']]?: (effect: Extract<Effect, { kind: K }>) => void };

function traceTo(path: string | undefined, session: ReturnType<typeof openSession>): () => void {
  if (path === undefined) return () => {};
  const file = openTraceFile(path);
  const stop = session.onTrace(file.listen);
  return () => {
    stop();
    file.close();
  };
}
