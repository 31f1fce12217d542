"""Runs scripts of file system calls on the real kernel: the other side of the differential tests.

Reads JSON lines {"operations": [[name, argument...], ...], "backing": "tmpfs" | "ext4"} and answers each with
a JSON line: the list of results, each a value or {"errno": "ENOENT"}. Every script has a directory of its own.
Run as root in `unshare -m`.
"""
import ctypes, errno, fcntl, hashlib, json, os, shutil, stat, struct, subprocess, sys, tempfile, time

libc = ctypes.CDLL(None, use_errno=True)
KINDS = {stat.S_IFREG: 'file', stat.S_IFDIR: 'directory', stat.S_IFLNK: 'symlink', stat.S_IFCHR: 'char',
         stat.S_IFBLK: 'block', stat.S_IFIFO: 'fifo', stat.S_IFSOCK: 'socket'}
# Python knows the number by its other name.
NAMES = {errno.EOPNOTSUPP: 'EOPNOTSUPP'}
# What of /proc/[pid]/status cowsh tells too.
KEYS = ['Name', 'Umask', 'State', 'Tgid', 'Ngid', 'Pid', 'PPid', 'TracerPid', 'Uid', 'Gid', 'Groups', 'NStgid', 'NSpid',
        'Threads', 'CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']
# What it tells of credentials.
CREDENTIALS = ['Uid', 'Gid', 'Groups', *KEYS[-5:]]
# CLOCK_REALTIME_COARSE
COARSE = 5
# Of some lines the kernel writes ten in five seconds, whoever asks for more: a script that misses its own runs again.
QUIET_SECONDS, ATTEMPTS = 5.1, 4
# Times before this were set by a script; later ones are the clock's.
EXPLICIT = 10**18
HIDDEN = {f'{prefix}.overlay.{name}' for prefix in ('trusted', 'user') for name in ('uuid', 'upper')}
PRESENCE = {f'{prefix}.overlay.{name}' for prefix in ('trusted', 'user') for name in ('origin', 'impure')}


def call(name, *arguments):
    if getattr(libc, name)(*arguments):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def capabilities():
    """effective, permitted and inheritable: the low words, then the high ones (capget(2))."""
    sets = ctypes.create_string_buffer(24)
    call('capget', struct.pack('Ii', 0x20080522, 0), sets)
    return struct.unpack('6I', sets)


def effective(wanted=None):
    """Has just those of its permitted capabilities that are in the set, or all of them (capset(2))."""
    header = struct.pack('Ii', 0x20080522, 0)
    _, low, inheritable, _, high, more = capabilities()
    held = low | high << 32
    chosen = held if wanted is None else held & wanted
    sets = struct.pack('6I', chosen & 0xffffffff, low, inheritable, chosen >> 32, high, more)
    call('capset', header, sets)


class Credentials:
    """The steps of a sequence, in a process that is nobody else's."""

    def setuid(self, uid): os.setuid(uid)
    def setgid(self, gid): os.setgid(gid)
    def setgroups(self, groups): os.setgroups([int(group) for group in groups.split(',') if group])
    def bounding(self, dropped):
        for bit in range(64):
            if dropped >> bit & 1: call('prctl', 24, bit, 0, 0, 0)
    def raise_(self, bits): call('prctl', 47, 2, bits.bit_length() - 1, 0, 0)
    def clear(self): call('prctl', 47, 4, 0, 0, 0)

    def keepuid(self, uid):
        call('prctl', 8, 1, 0, 0, 0)
        try: os.setuid(uid)
        finally: call('prctl', 8, 0, 0, 0, 0)

    def capset(self, chosen, permitted, inheritable):
        words = [part for shift in (0, 32) for part in (chosen >> shift, permitted >> shift, inheritable >> shift)]
        call('capset', struct.pack('Ii', 0x20080522, 0), struct.pack('6I', *(word & 0xffffffff for word in words)))

    def exec(self, program): os.execv(program, [program, '/proc/self/status'])


class Script:
    def __init__(self, numbered):
        self.numbered = numbered
        self.slots = {}
        self.inodes = {}
        self.births = {}
        self.fsids = {}
        self.devices = {}
        self.programs = []
        self.used = {}
        self.log = os.open('/dev/kmsg', os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self.log, 0, os.SEEK_END)
        self.mounted = []
        self.unlogged = False

    def label(self, ino):
        if not self.numbered: return 0
        return self.inodes.setdefault(ino, len(self.inodes) + 1)

    def told(self, s):
        directory = stat.S_ISDIR(s.st_mode)
        return [KINDS[stat.S_IFMT(s.st_mode)], stat.S_IMODE(s.st_mode), s.st_uid, s.st_gid,
                -1 if directory else s.st_size, -1 if directory else s.st_nlink,
                s.st_rdev if stat.S_ISCHR(s.st_mode) else 0, self.label(s.st_ino)]

    def stat(self, p): return self.told(os.stat(p))
    def lstat(self, p): return self.told(os.lstat(p))
    def access(self, p, want): call('faccessat', -100, os.fsencode(p), want, 0x200)  # AT_EACCESS
    def readdir(self, p): return sorted([e.name, kind_of(e)] for e in os.scandir(p))
    def names(self, p): return os.listdir(p)

    def open(self, p, flags, mode): os.close(os.open(p, flags, mode))

    def read(self, p, offset, length):
        fd = os.open(p, os.O_RDONLY | os.O_NONBLOCK)
        try: return os.pread(fd, length, offset).decode('latin-1')
        finally: os.close(fd)

    def write(self, p, flags, mode, offset, text):
        fd = os.open(p, flags, mode)
        try: return os.write(fd, text.encode()) if offset < 0 else os.pwrite(fd, text.encode(), offset)
        finally: os.close(fd)

    def fallocate(self, p, offset, length):
        fd = os.open(p, os.O_RDWR)
        try: os.posix_fallocate(fd, offset, length)
        finally: os.close(fd)

    def truncate(self, p, size): os.truncate(p, size)
    def mkdir(self, p, mode): os.mkdir(p, mode)
    def rmdir(self, p): os.rmdir(p)
    def unlink(self, p): os.unlink(p)
    def rename(self, a, b, flags): call('renameat2', -100, os.fsencode(a), -100, os.fsencode(b), flags)
    def link(self, a, b): os.link(a, b, follow_symlinks=False)
    def symlink(self, target, p): os.symlink(target, p)
    def readlink(self, p): return os.readlink(p)
    def chmod(self, p, mode): os.chmod(p, mode)
    def chown(self, p, uid, gid): os.lchown(p, uid, gid)
    def utimens(self, p, atime, mtime): os.utime(p, ns=(atime * 10**9, mtime * 10**9), follow_symlinks=False)
    def setxattr(self, p, name, value): os.setxattr(p, name, value.encode(), follow_symlinks=False)
    def setxattrhex(self, p, name, value): os.setxattr(p, name, bytes.fromhex(value), follow_symlinks=False)
    def getxattr(self, p, name): return os.getxattr(p, name, follow_symlinks=False).decode('latin-1')
    def listxattr(self, p): return sorted(os.listxattr(p, follow_symlinks=False))
    def removexattr(self, p, name): os.removexattr(p, name, follow_symlinks=False)
    def mknod(self, p, mode, major, minor): os.mknod(p, mode, os.makedev(major, minor))

    def getflags(self, p):
        fd = os.open(p, os.O_RDONLY | os.O_NONBLOCK)
        try: return struct.unpack('i4x', fcntl.ioctl(fd, 0x80086601, bytes(8)))[0]
        finally: os.close(fd)

    def setflags(self, p, clear, add):
        """As chattr does: what is there, changed."""
        fd = os.open(p, os.O_RDONLY | os.O_NONBLOCK)
        try:
            flags = struct.unpack('i4x', fcntl.ioctl(fd, 0x80086601, bytes(8)))[0]
            fcntl.ioctl(fd, 0x40086602, struct.pack('q', flags & ~clear | add))
        finally: os.close(fd)

    def unprotect(self, base):
        for top, directories, files in os.walk(base):
            for p in [top, *(os.path.join(top, name) for name in files)]:
                if stat.S_IFMT(os.lstat(p).st_mode) not in (stat.S_IFREG, stat.S_IFDIR): continue
                if self.getflags(p) & 0x30: self.setflags(p, 0x30, 0)

    def born(self, p):
        """The time of birth, told by the order of first appearance; 0 where there is none."""
        buffer = ctypes.create_string_buffer(256)
        if libc.syscall(332, -100, os.fsencode(p), 0x100, 0x800, buffer): raise OSError(ctypes.get_errno(), '')
        mask, = struct.unpack_from('I', buffer, 0)
        birth = struct.unpack_from('qI', buffer, 80)
        return self.births.setdefault(birth, len(self.births) + 1) if mask & 0x800 else 0

    # The clock that dates files ticks slowly: two files of one tick would be born at the same time.
    def pause(self):
        now = time.clock_gettime(COARSE)
        while time.clock_gettime(COARSE) == now: time.sleep(0.001)

    def touch(self, p): os.utime(p)

    def hlink(self, slot, p):
        if libc.linkat(-100, b'/proc/self/fd/%d' % self.held(slot), -100, os.fsencode(p), 0x400):
            raise OSError(ctypes.get_errno(), '')

    def happend(self, slot, text): return os.write(self.held(slot), text.encode())
    def htruncate(self, slot, size): os.ftruncate(self.held(slot), size)
    def hproc(self, slot): return self.owner(f'/proc/self/fd/{self.held(slot)}')
    def hpath(self, slot): return os.readlink(f'/proc/self/fd/{self.held(slot)}').removeprefix(os.getcwd())

    def hold(self, slot, p, flags, mode=0o666):
        fd = os.open(p, flags, mode)
        if slot in self.slots: os.close(self.slots[slot])
        self.slots[slot] = fd

    def held(self, slot):
        if slot not in self.slots: raise OSError(errno.EBADF, 'no such slot')
        return self.slots[slot]

    def hread(self, slot, offset, length): return os.pread(self.held(slot), length, offset).decode('latin-1')
    def hwrite(self, slot, offset, text): return os.pwrite(self.held(slot), text.encode(), offset)
    def hstat(self, slot): return self.told(os.fstat(self.held(slot)))
    def hchmod(self, slot, mode): os.fchmod(self.held(slot), mode)
    def hfind(self, slot, offset, what):
        """lseek to the next data, or the next hole."""
        return os.lseek(self.held(slot), offset, os.SEEK_DATA if what == 'data' else os.SEEK_HOLE)

    def hreaddir(self, slot): return sorted([e.name, kind_of(e)] for e in os.scandir(self.held(slot)))

    def hclose(self, slot):
        os.close(self.held(slot))
        del self.slots[slot]

    def mount(self, target, options):
        # The kernel gives the numbers of devices that are gone out again, cowsh does not.
        self.devices = {}
        call('mount', b'overlay', os.fsencode(target), b'overlay', 0, options.encode())
        self.mounted.append(os.path.abspath(target))

    def mountfs(self, target, kind, options):
        call('mount', kind.encode(), os.fsencode(target), kind.encode(), 0, options.encode())
        self.mounted.append(os.path.abspath(target))

    def options(self, target):
        """What the mount table shows of the mount at `target`."""
        there = os.path.abspath(target)
        with open('/proc/self/mounts') as table:
            lines = [line.split() for line in table]
        shown = [fields[3] for fields in lines if fields[1].replace('\\040', ' ') == there]
        return shown[-1].replace(os.getcwd() + '/', '') if shown else None

    def logged(self, text):
        """Whether the kernel's log has the line since the script began; others may write to it too."""
        found = False
        while True:
            try: found = text in os.read(self.log, 8192).decode(errors='replace') or found
            except BlockingIOError: break
            except BrokenPipeError: continue
        self.unlogged = self.unlogged or not found
        return found

    def inode(self, p):
        """The device, told as the overlay's own or by order of first appearance, and the number."""
        s = os.lstat(p)
        root = os.stat('m').st_dev
        device = 'own' if s.st_dev == root else self.devices.setdefault(s.st_dev, len(self.devices) + 1)
        high = s.st_ino >> 54
        made_up = stat.S_ISDIR(s.st_mode) and not high
        return [device, high, 0 if made_up else self.label((device, s.st_ino))]

    def dirents(self, p): return sorted([e.name, e.inode() == e.stat(follow_symlinks=False).st_ino] for e in os.scandir(p))

    def remount(self, target, flags): call('mount', None, os.fsencode(target), None, 0x20 | flags, None)
    def hget(self, slot, length): return os.read(self.held(slot), length).decode('latin-1')
    def hnoise(self, slot, length): return [len(set(os.read(self.held(slot), length))) > 8, len(os.pread(self.held(slot), length, 7))]
    def hseek(self, slot, offset): return os.lseek(self.held(slot), offset, os.SEEK_SET)

    def mountinfo(self, target):
        """The line about the mount at `target`, without numbers; paths from the script's directory."""
        there = os.path.abspath(target)
        with open('/proc/self/mountinfo') as table: lines = [line.rstrip('\n').split(' ') for line in table]
        shown = [fields for fields in lines if fields[4].replace('\\040', ' ') == there][-1]
        return [field.replace(os.getcwd() + '/', '') for field in shown[3:]]

    def flock(self, slot, exclusive):
        fcntl.flock(self.held(slot), (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)

    def bind(self, source, target):
        call('mount', os.fsencode(source), os.fsencode(target), None, 0x1000, None)
        self.mounted.append(os.path.abspath(target))

    def status(self, *keys):
        with open('/proc/self/status') as text: lines = [line.rstrip('\n').split(':', 1) for line in text]
        return [[key, value if key in keys else ''] for key, value in lines if key in KEYS]

    def filesystem(self, kind):
        """How /proc/filesystems tells of the type."""
        with open('/proc/filesystems') as text: return [line for line in text if line.rstrip('\n').split('\t')[1] == kind]

    def text(self, p):
        with open(p) as text: return text.read()

    # Where other things grow too, only what a script itself makes is told.
    def grown(self, p):
        fd = os.open(p, os.O_RDONLY)
        libc.syncfs(fd)
        os.close(fd)
        buffer = ctypes.create_string_buffer(128)
        call('statfs', os.fsencode(p), buffer)
        _, _, blocks, free, _, files, ffree = struct.unpack_from('7q', buffer)
        first = self.used.setdefault(p, (blocks - free, files - ffree))
        return [blocks - free - first[0], files - ffree - first[1]]

    def mountdisk(self, target, megabytes):
        """A new ext4 disk."""
        image = os.path.abspath(target) + '.img'
        with open(image, 'wb') as disk: disk.truncate(megabytes * 2**20)
        subprocess.run(['mkfs.ext4', '-q', '-b', '4096', image], check=True)
        subprocess.run(['mount', '-o', 'loop', image, target], check=True)
        self.mounted.append(os.path.abspath(target))

    def index(self, p):
        """The entries of an index, without their names: kinds, links and attributes."""
        paths = [os.path.join(p, name) for name in os.listdir(p) if not name.startswith('#')]
        told = [[self.kind(e), self.mode(e), 0 if stat.S_ISCHR(os.lstat(e).st_mode) else os.lstat(e).st_nlink,
                 [n for n, _ in self.attributes(e)] if self.kind(e) != 'directory' else []] for e in paths]
        return sorted(told, key=json.dumps)

    def entry(self, p, name, *arguments):
        """A call on the one entry of a directory whose names differ from machine to machine: `*` stands for its name."""
        entries = [e for e in os.listdir(p) if not e.startswith('#')]
        if len(entries) != 1: return f'{len(entries)} entries'
        return getattr(self, name)(*(a.replace('*', entries[0]) if isinstance(a, str) else a for a in arguments))

    def copyxattr(self, a, b, name, other=None):
        os.setxattr(b, other or name, os.getxattr(a, name, follow_symlinks=False), follow_symlinks=False)

    def copy(self, a, b):
        """copy_file_range(2) of a whole file."""
        source = os.open(a, os.O_RDONLY)
        target = os.open(b, os.O_WRONLY | os.O_CREAT, 0o644)
        try: return os.copy_file_range(source, target, 1 << 20)
        finally:
            os.close(source)
            os.close(target)

    def chdir(self, p): os.chdir(p)
    def kind(self, p): return KINDS[stat.S_IFMT(os.lstat(p).st_mode)]
    def mode(self, p): return stat.S_IMODE(os.lstat(p).st_mode)
    def rdev(self, p): return os.lstat(p).st_rdev
    def owner(self, p): return [self.mode(p), os.lstat(p).st_uid, os.lstat(p).st_gid]

    def program(self, p):
        shutil.copy('/bin/sleep', p)
        os.chmod(p, 0o755)

    def run(self, p): self.programs.append(subprocess.Popen([os.path.abspath(p), '60']))

    def count(self, p): return len(os.listdir(p))
    def blocks(self, p): return os.lstat(p).st_blocks
    def links(self, p): return os.lstat(p).st_nlink
    def mtime(self, p): return os.lstat(p).st_mtime_ns if os.lstat(p).st_mtime_ns < EXPLICIT else 'clock'
    def atime(self, p): return os.lstat(p).st_atime_ns if os.lstat(p).st_atime_ns < EXPLICIT else 'clock'

    def statfs(self, p):
        """The type's magic number, and sizes in blocks."""
        buffer = ctypes.create_string_buffer(128)
        call('statfs', os.fsencode(p), buffer)
        magic, bsize, blocks, free, available, files, ffree = struct.unpack_from('7q', buffer)
        return [magic, bsize, blocks, free, available]

    def fsid(self, p):
        """The filesystem's id, told by the order of first appearance."""
        return self.fsids.setdefault(os.statvfs(p).f_fsid, len(self.fsids) + 1)

    def umount(self, target):
        call('umount2', os.fsencode(target), 0)
        self.mounted.remove(os.path.abspath(target))

    def asuser(self, uid, gid, *operation):
        os.setegid(gid); os.seteuid(uid)
        try: return getattr(self, operation[0])(*operation[1:])
        finally: os.seteuid(0); os.setegid(0)

    def capable(self, uid, gid, capabilities, *operation):
        os.setegid(gid); os.seteuid(uid)
        effective(capabilities)
        try: return getattr(self, operation[0])(*operation[1:])
        finally:
            os.seteuid(0); os.setegid(0)
            effective()

    def credentials(self, steps):
        """The ids and sets after each step, and after the program at the end has started."""
        told, end = os.pipe()
        if os.fork() == 0:
            os.dup2(end, 1)
            state = Credentials()
            state.bounding(1 << 24)
            _, low, _, _, high, _ = capabilities()
            held = (low | high << 32) & ~(1 << 24)
            state.capset(held, held, 0)
            for name, *arguments in json.loads(steps):
                if name == 'exec':
                    program = os.path.abspath('program')
                    if arguments[0]: program += arguments[0]
                    arguments = [program]
                try: getattr(state, 'raise_' if name == 'raise' else name)(*arguments)
                except OSError as e: os.write(1, f'{errno.errorcode[e.errno]}\n'.encode())
                with open('/proc/self/status', 'rb') as text: os.write(1, text.read())
            os._exit(0)
        os.close(end)
        with open(told) as text: lines = [line.rstrip('\n') for line in text]
        os.wait()
        return [line for line in lines if line.startswith('E') or line.split(':')[0] in CREDENTIALS]

    def equip(self, *values):
        """`program`, and one with each of the capabilities besides, named by them."""
        for value in ('', *values):
            shutil.copy('/bin/cat', 'program' + value)
            os.chmod('program' + value, 0o755)
            if value: os.setxattr('program' + value, 'security.capability', bytes.fromhex(value))

    def asgroups(self, uid, gid, groups, *operation):
        os.setgroups([int(group) for group in groups.split(',')])
        try: return self.asuser(uid, gid, *operation)
        finally: os.setgroups([])

    def dump(self, top):
        """Every file below `top`, by path; hard links by the first path that has the inode."""
        seen, first = [], {}
        self.dump_directory(top, '', seen, first)
        return seen

    def dump_directory(self, top, inner, seen, first):
        for name in sorted(os.listdir(top + inner)):
            path = f'{inner}/{name}'
            s = os.lstat(top + path)
            if stat.S_ISCHR(s.st_mode) and s.st_rdev == 0:
                seen.append([path, 'whiteout'])
                continue
            kind = KINDS[stat.S_IFMT(s.st_mode)]
            data = 0
            if kind == 'file':
                with open(top + path, 'rb') as f: data = hashlib.md5(f.read()).hexdigest()
            elif kind == 'symlink': data = os.readlink(top + path)
            elif kind == 'char': data = s.st_rdev
            directory = kind == 'directory'
            seen.append([path, kind, stat.S_IMODE(s.st_mode), s.st_uid, s.st_gid, -1 if directory else s.st_size,
                         -1 if directory else s.st_nlink, data, path if directory else first.setdefault((s.st_dev, s.st_ino), path),
                         s.st_mtime_ns if s.st_mtime_ns < EXPLICIT else 'clock', self.attributes(top + path)])
            if directory: self.dump_directory(top, path, seen, first)

    def attributes(self, path):
        names = sorted(os.listxattr(path, follow_symlinks=False))
        return [[n, '' if n in PRESENCE else os.getxattr(path, n, follow_symlinks=False).decode('latin-1')]
                for n in names if n not in HIDDEN]

    def end(self):
        for program in self.programs:
            program.kill()
            program.wait()
        for fd in (self.log, *self.slots.values()): os.close(fd)
        for target in reversed(self.mounted): libc.umount2(os.fsencode(target), 2)


def kind_of(entry):
    """As the entry itself tells: asking the file needs a search permission that listing does not."""
    if entry.is_symlink(): return 'symlink'
    if entry.is_dir(follow_symlinks=False): return 'directory'
    return 'file' if entry.is_file(follow_symlinks=False) else 'other'


def run(script, attempt=1):
    base = tempfile.mkdtemp(prefix='cowsh-overlay-')
    if script['backing'] != 'ext4': call('mount', b'tmpfs', os.fsencode(base), b'tmpfs', 0, b'mode=755')
    os.chmod(base, 0o755)
    os.chdir(base)
    # ext4 gives numbers out again, so that who had one first says nothing.
    state = Script(script['backing'] == 'tmpfs')
    results = []
    for operation in script['operations']:
        try: results.append(getattr(state, operation[0])(*operation[1:]))
        except OSError as e: results.append({'errno': NAMES.get(e.errno) or errno.errorcode[e.errno]})
    state.end()
    os.chdir('/')
    if script['backing'] != 'ext4': libc.umount2(os.fsencode(base), 2)
    else: state.unprotect(base)
    shutil.rmtree(base, ignore_errors=True)
    if not state.unlogged or attempt == ATTEMPTS: return results
    time.sleep(QUIET_SECONDS)
    return run(script, attempt + 1)


# Without a controlling terminal /dev/tty is nobody's.
try: os.setsid()
except PermissionError: pass
os.umask(0o022)
os.setgroups([])
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
