import test from 'ava';
import { bootKernel } from './boot.ts';
import {
  ALL_CAPABILITIES,
  CAP_CHOWN,
  CAP_DAC_OVERRIDE,
  CAP_DAC_READ_SEARCH,
  CAP_FOWNER,
  CAP_KILL,
  CAP_SYS_ADMIN,
  CAP_SYSLOG,
  type CapabilitySet,
  capabilityText,
  contains,
  difference,
  intersection,
  namesOf,
  union,
} from './capability.ts';
import { virtualClock } from './clock.ts';
import { credentials, makeCred } from './credentials.ts';
import { type Errno, isFsError } from './errno.ts';
import { O } from './open-flags.ts';
import type { Process } from './process.ts';
import { elfImage } from './program.ts';
import { createRandom } from './random.ts';

const USER = { uid: 1000, gid: 1000, groups: [] };

const boot = (): Process =>
  bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined }).createInit();

const put = (process: Process, path: string, mode: number): void =>
  process.close(process.open(path, O.WRONLY | O.CREAT, mode));

/** A process of that user which has just these capabilities. */
const holder = ({ kernel }: Process, uid: number, effective: CapabilitySet): Process => {
  const process = kernel.createInit(['holder'], { ...USER, uid });
  process.cred = makeCred(process.cred, { ...process.cred, effective, permitted: ALL_CAPABILITIES });
  return process;
};

const errno = (call: () => unknown): Errno | 'ok' => {
  try {
    call();
    return 'ok';
  } catch (error) {
    if (isFsError(error)) return error.code;
    throw error;
  }
};

test('sets of more than 32 capabilities', (t) => {
  const set = CAP_CHOWN + CAP_SYSLOG + 2 ** 31;
  t.deepEqual(namesOf(set), ['chown', 'setfcap', 'syslog']);
  t.is(capabilityText(set), '0000000480000001');
  t.is(capabilityText(ALL_CAPABILITIES), '000001ffffffffff');
  t.is(union(set, CAP_KILL), set + CAP_KILL);
  t.is(intersection(set, ALL_CAPABILITIES), set);
  t.is(difference(ALL_CAPABILITIES, difference(ALL_CAPABILITIES, set)), set);
  t.true(contains(set, CAP_SYSLOG));
  t.false(contains(set, CAP_SYSLOG + CAP_KILL));
});

test('root without a capability is refused as anybody else is', (t) => {
  const init = boot();
  put(init, '/f', 0o600);
  init.chown('/f', 2000, 2000);
  const rootWithout = (missing: CapabilitySet): Process =>
    holder(init, 0, difference(ALL_CAPABILITIES, missing));
  const both = CAP_DAC_OVERRIDE + CAP_DAC_READ_SEARCH;
  t.is(
    errno(() => rootWithout(both).open('/f', O.RDONLY)),
    'EACCES',
  );
  t.is(
    errno(() => rootWithout(CAP_DAC_OVERRIDE).open('/f', O.RDONLY)),
    'ok',
  );
  t.is(
    errno(() => rootWithout(CAP_DAC_OVERRIDE).open('/f', O.RDWR)),
    'EACCES',
  );
  t.is(
    errno(() => rootWithout(CAP_FOWNER).chmod('/f', 0o644)),
    'EPERM',
  );
  t.is(
    errno(() => rootWithout(CAP_CHOWN).chown('/f', 0, -1)),
    'EPERM',
  );
  t.is(
    errno(() => rootWithout(CAP_SYS_ADMIN).sethostname('x')),
    'EPERM',
  );
  t.is(
    errno(() => rootWithout(CAP_KILL).kill(holder(init, 1000, 0).pid, 'SIGTERM')),
    'EPERM',
  );
});

test('a user with a capability may what root may by it', (t) => {
  const init = boot();
  put(init, '/f', 0o600);
  t.is(
    errno(() => holder(init, 1000, CAP_DAC_OVERRIDE).open('/f', O.RDWR)),
    'ok',
  );
  t.is(
    errno(() => holder(init, 1000, CAP_CHOWN).chown('/f', 1000, -1)),
    'ok',
  );
  t.is(
    errno(() => holder(init, 2000, CAP_FOWNER).chmod('/f', 0o644)),
    'ok',
  );
});

test('whoever becomes another user asks for the right to, and a program that root starts has what it may have', (t) => {
  const init = boot();
  const fd = init.open('/program', O.WRONLY | O.CREAT, 0o755);
  init.write(fd, elfImage('program', 4096).read(0, 4096));
  init.close(fd);
  const asUser = init.spawn('/program', ['program'], { cred: USER });
  t.is(asUser.process.cred.permitted, 0);
  t.is(asUser.process.cred.bounding, ALL_CAPABILITIES);
  t.is(
    errno(() => holder(init, 1000, CAP_KILL).spawn('/program', ['program'], { cred: { ...USER, uid: 0 } })),
    'EPERM',
  );
  const less = init.kernel.createInit(['less'], { ...USER, uid: 0 });
  less.dropBounding(CAP_CHOWN);
  t.true(contains(less.cred.effective, CAP_CHOWN));
  t.is(less.spawn('/program', ['program']).process.cred.effective, difference(ALL_CAPABILITIES, CAP_CHOWN));
});

test('a snapshot brings the sets back', (t) => {
  const init = boot();
  const before = init.kernel.snapshot();
  init.dropBounding(CAP_KILL);
  init.setgroups([]);
  init.setuid(1000);
  const after = init.kernel.snapshot();
  t.is(init.cred.effective, 0);
  init.kernel.restore(before);
  t.deepEqual(init.cred, credentials({ uid: 0, gid: 0, groups: [0] }));
  init.kernel.restore(after);
  t.is(init.cred.uid, 1000);
  t.is(init.cred.bounding, difference(ALL_CAPABILITIES, CAP_KILL));
  t.is(
    errno(() => init.mknod('/n', 0o020644, 259)),
    'EACCES',
  );
});
