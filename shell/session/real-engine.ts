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

const loop = `cd "$LAB/work"
n=0
while IFS= read -r -d '' command; do
  timeout 60 bash -c "$command" > "$LAB/$n.out" 2> "$LAB/$n.err" < /dev/null
  echo $? > "$LAB/$n.rc"
  n=$((n + 1))
done < "$LAB/commands"
docker ps -aq | xargs -r docker rm -f > "$LAB/removed" 2>&1
# What --network host leaves mounted would keep the lab from being removed.
umount "$(dirname "\${DOCKER_HOST#unix://}")"/exec/netns/* 2> "$LAB/unmounted" || true
`;

/** Runs the commands one after the other in one directory. */
export const askRealEngine = async (commands: readonly string[]): Promise<RealOutcome[]> => {
  const lab = mkdtempSync(join(tmpdir(), 'cowsh-live-'));
  try {
    mkdirSync(join(lab, 'work'));
    writeFileSync(join(lab, 'commands'), commands.map((command) => `${command}\0`).join(''));
    await runLoop(lab);
    const text = (name: string): string => readFileSync(join(lab, name), 'utf8');
    return commands.map((_, n) => ({
      stdout: text(`${n}.out`),
      stderr: text(`${n}.err`),
      status: Number(text(`${n}.rc`)),
    }));
  } finally {
    rmSync(lab, { recursive: true, force: true });
  }
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
