// Scripts in a real shell of this machine, each in an empty directory.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, runReal } from '../../commands/real-program.ts';
import { ENVIRONMENT, type Result } from '../test-machine.ts';

// Runs every script in a directory of its own, from one process: starting them from here would take most of the time.
// What a process inherits is not left to whoever runs the tests.
const DRIVER = `umask 022
ulimit -Sc 0; ulimit -Ss 8192
{ renice -n 0 $$; echo 0 > /proc/self/oom_score_adj; } > /dev/null 2>&1
own=$2
[ "$2" = ash ] && own=busybox
for script in "$1"/*.sh; do
  base=\${script%.sh}
  mkdir "$base" && cd "$base" || exit 1
  text=$(cat "$script"; echo x)
  (unset OLDPWD SHLVL _; exec -a "$2" "$own" -c "\${text%x}" > "$base.out" 2> "$base.err" < /dev/null)
  echo $? > "$base.status"
done
`;

/** `answer` is given what a script printed, and the directory that it leaves. */
export function onMachine<Answer>(
  shell: string,
  scripts: readonly string[],
  answer: (result: Result, directory: string) => Answer,
): Answer[] {
  const root = mkdtempSync('/tmp/shell-oracle-');
  const base = (i: number): string => join(root, String(i).padStart(4, '0'));
  try {
    scripts.forEach((script, i) => {
      writeFileSync(`${base(i)}.sh`, script);
    });
    const { stderr } = runReal(alone(['bash', '--norc', '-c', DRIVER, 'driver', root, shell]), {
      env: ENVIRONMENT,
      encoding: 'utf8',
    });
    return scripts.map((script, i) => {
      if (!existsSync(`${base(i)}.status`))
        throw new Error(`this machine's ${shell} ended in the middle: ${JSON.stringify(script)} ${stderr}`);
      const read = (end: string): string => readFileSync(`${base(i)}.${end}`, 'utf8');
      return answer({ stdout: read('out'), stderr: read('err'), status: Number(read('status')) }, base(i));
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The directory's name is nobody's business. */
export const anywhere = (text: string): string =>
  text.replace(/\/tmp\/(shell-oracle-\w+\/\d+|\d+)/g, '/tmp/DIR');
