import { dlopen, ptr } from "bun:ffi";

// A process that gives something up and then becomes another program: bun limited.ts LIMIT PROGRAM ARGUMENTS…
//   no-sync   fsync and fdatasync fail as on a broken disk (a seccomp filter, https://man7.org/linux/man-pages/man2/seccomp.2.html)
//   no-wait   its standard output does not make it wait: what a full pipe does not take fails (EAGAIN)
//   no-rights where it is root it becomes nobody, whom permissions stop
//   none      nothing, to see that the limit and not this detour makes the difference

const NOBODY = 65534;
const PR_SET_NO_NEW_PRIVS = 38;
const PR_SET_SECCOMP = 22;
const SECCOMP_MODE_FILTER = 2;
const EIO = 5;
const F_SETFL = 4;
const O_NONBLOCK = 0o4000;
/** Numbers of fsync and fdatasync. */
const SYNC_CALLS: Readonly<Partial<Record<NodeJS.Architecture, readonly [number, number]>>> = {
  x64: [74, 75],
  arm64: [82, 83],
};

const libc = dlopen("libc.so.6", {
  prctl: { args: ["i32", "u64", "u64", "u64", "u64"], returns: "i32" },
  fcntl: { args: ["i32", "i32", "i32"], returns: "i32" },
  execve: { args: ["ptr", "ptr", "ptr"], returns: "i32" },
}).symbols;

const [limit, program = "", ...args] = process.argv.slice(2);
if (limit === "no-sync") failSyncs();
if (limit === "no-wait") libc.fcntl(1, F_SETFL, O_NONBLOCK);
if (limit === "no-rights" && process.getuid?.() === 0) dropRights();
become(program, args);

function failSyncs(): void {
  const calls = SYNC_CALLS[process.arch];
  if (!calls) throw new Error(`the numbers of the system calls are not known on ${process.arch}`);
  // Load the number of the call; where it is one of the two answer EIO, else go on.
  const filter = new Uint8Array([
    ...instruction(0x20, 0, 0, 0),
    ...instruction(0x15, 2, 0, calls[0]),
    ...instruction(0x15, 1, 0, calls[1]),
    ...instruction(0x06, 0, 0, 0x7fff_0000),
    ...instruction(0x06, 0, 0, 0x0005_0000 + EIO),
  ]);
  const header = new BigUint64Array([BigInt(filter.length / 8), BigInt(ptr(filter))]);
  const refused =
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ptr(header), 0, 0);
  if (refused) throw new Error("the kernel refused the filter");
}

function instruction(code: number, whenTrue: number, whenFalse: number, operand: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setUint16(0, code, true);
  bytes.setUint8(2, whenTrue);
  bytes.setUint8(3, whenFalse);
  bytes.setUint32(4, operand, true);
  return new Uint8Array(bytes.buffer);
}

function dropRights(): void {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

function become(path: string, rest: readonly string[]): void {
  const environment = Object.entries(process.env).map(([name, value]) => `${name}=${value ?? ""}`);
  const [argv, envp] = [toTexts([path, ...rest]), toTexts(environment)];
  libc.execve(ptr(Buffer.from(`${path}\0`)), ptr(argv.addresses), ptr(envp.addresses));
  throw new Error(`${path} can't be run`);
}

/** C's array of texts. The texts are held as long as the addresses are. */
function toTexts(texts: readonly string[]): { readonly addresses: BigUint64Array; readonly held: readonly Buffer[] } {
  const held = texts.map((text) => Buffer.from(`${text}\0`));
  return { addresses: new BigUint64Array([...held.map((text) => BigInt(ptr(text))), 0n]), held };
}
