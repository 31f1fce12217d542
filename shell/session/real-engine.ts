// A real Docker engine for a while: commands go in, what they printed comes out.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RealOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const checkout = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tool = ['../shared/tools/with-real-docker.sh', '.ci/with-real-docker']
  .map((path) => join(checkout, path))
  .find(existsSync);

const runs = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Why there is no engine to be had; undefined when there is. */
export const whyNoEngine = (): string | undefined => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  if (tool === undefined) return 'with-real-docker.sh is not there';
  const missing = ['docker', 'dockerd', 'busybox', 'iptables', 'unshare'].filter((program) => !runs(program));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
};

/** The major version of the docker client that answers here. */
export const clientVersion = (): number => {
  const { stdout } = spawnSync('docker', ['--version'], { encoding: 'utf8' });
  return Number(/version (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
};

/** Far beyond what any command takes, and what timeout(1) then leaves as the status. */
const PATIENCE_S = 120;
const TOO_LATE = 124;

const loop = `cd "$LAB/work"
n=0
while IFS= read -r -d '' command; do
  timeout ${PATIENCE_S} bash -c "$command" > "$LAB/$n.out" 2> "$LAB/$n.err" < /dev/null
  echo $? > "$LAB/$n.rc"
  n=$((n + 1))
done < "$LAB/commands"
docker ps -aq | xargs -r docker rm -f > "$LAB/removed" 2>&1
# What --network host leaves mounted would keep the lab from being removed.
umount "$(dirname "\${DOCKER_HOST#unix://}")"/exec/netns/* 2> "$LAB/unmounted" || true
`;

/** Runs the commands one after the other in one directory. An engine that does not start is started once more. */
export const askRealEngine = async (commands: readonly string[]): Promise<RealOutcome[]> => {
  const lab = mkdtempSync(join(tmpdir(), 'cowsh-live-'));
  try {
    mkdirSync(join(lab, 'work'));
    writeFileSync(join(lab, 'commands'), commands.map((command) => `${command}\0`).join(''));
    await runLoop(lab).catch((error: unknown) => {
      if (existsSync(join(lab, '0.out'))) throw error;
      return runLoop(lab);
    });
    return commands.map((command, n) => outcomeOf(join(lab, String(n)), command));
  } finally {
    rmSync(lab, { recursive: true, force: true });
  }
};

/**
 * What differs from the engine, each as `$ command` and below it what both gave. An engine has races of its own where
 * cowsh has none: what it answers otherwise in one run, it is asked again in a new one.
 */
export const differingFromEngine = async (
  commands: readonly string[],
  compare: (outcomes: readonly RealOutcome[]) => Promise<readonly string[]>,
): Promise<string[]> => {
  const first = new Set((await compare(await askRealEngine(commands))).map(commandOf));
  if (first.size === 0) return [];
  const second = await compare(await askRealEngine(commands));
  return second.filter((difference) => first.has(commandOf(difference)));
};

const commandOf = (difference: string): string => difference.split('\n---', 1)[0] ?? '';

const outcomeOf = (path: string, command: string): RealOutcome => {
  if (!existsSync(`${path}.rc`)) throw new Error(`the real engine never came to: ${command}`);
  const text = (end: string): string => readFileSync(`${path}.${end}`, 'utf8');
  const status = Number(text('rc'));
  if (status === TOO_LATE) throw new Error(`the real engine took more than ${PATIENCE_S} s for: ${command}`);
  return { stdout: text('out'), stderr: text('err'), status };
};

const runLoop = (lab: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(tool ?? '', ['bash', '-c', loop], {
      env: { ...process.env, LAB: lab },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    child.on('error', reject).on('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(`with-real-docker ended with ${status}: ${complaints}`));
    });
  });
