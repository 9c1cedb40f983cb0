import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";

/** Larger than the largest page of SQLite. Records of this size are read fastest from IndexedDB. */
export const PIECE_BYTES = 65_536;

/** A file in memory, in pieces, and the numbers of those that were changed since they were last kept. */
export type PieceFile = {
  size: number;
  readonly pieces: Map<number, Uint8Array<ArrayBuffer>>;
  readonly dirty: Set<number>;
};

/** The files that SQLite finds, by the names under which it opens them. */
export type FileSystem = { readonly name: string; readonly files: Map<string, PieceFile> };

const NAME = "pieces";
const MAX_PATH_BYTES = 64;
const SECTOR_BYTES = 4096;

export function createPieceFile(): PieceFile {
  return { size: 0, pieces: new Map(), dirty: new Set() };
}

/** Puts bytes into a new file. */
export function splitFile(bytes: Uint8Array): PieceFile {
  const file = createPieceFile();
  writeFile(file, bytes, 0);
  return file;
}

/** The bytes of a file. */
export function joinFile(file: PieceFile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(file.size);
  readFile(file, bytes, 0);
  return bytes;
}

/** Fills the target, behind the end with zeros. Answers whether all of it is in the file. */
function readFile({ size, pieces }: PieceFile, target: Uint8Array, from: number): boolean {
  for (const { at, offset, length, no } of listParts(from, target.length)) {
    const piece = pieces.get(no);
    if (piece) target.set(piece.subarray(offset, offset + length), at);
    else target.fill(0, at, at + length);
  }
  return from + target.length <= size;
}

function writeFile(file: PieceFile, source: Uint8Array, to: number): void {
  for (const { at, offset, length, no } of listParts(to, source.length)) {
    const piece = file.pieces.get(no) ?? new Uint8Array(PIECE_BYTES);
    piece.set(source.subarray(at, at + length), offset);
    file.pieces.set(no, piece);
    file.dirty.add(no);
  }
  file.size = Math.max(file.size, to + source.length);
}

/** What is cut off is overwritten too, because a deleted task may be in it. */
function truncateFile(file: PieceFile, size: number): void {
  file.size = size;
  for (const [no, piece] of file.pieces) {
    const start = no * PIECE_BYTES;
    if (start + PIECE_BYTES <= size) continue;
    if (start >= size) file.pieces.delete(no);
    else piece.fill(0, size - start);
    file.dirty.add(no);
  }
}

type Part = { readonly at: number; readonly offset: number; readonly length: number; readonly no: number };

/** The pieces that a range of a file goes through, and where in it and in each piece they are. */
function* listParts(from: number, length: number): Generator<Part> {
  for (let at = 0; at < length;) {
    const offset = (from + at) % PIECE_BYTES;
    const part = Math.min(PIECE_BYTES - offset, length - at);
    yield { at, offset, length: part, no: (from + at - offset) / PIECE_BYTES };
    at += part;
  }
}

/**
 * Gives SQLite a file system of files in memory (https://www.sqlite.org/vfs.html). Locks are of no use in it: whoever opens a file
 * takes turns in another way. It has no journals, which are in SQLite's own memory (`journal_mode = memory`).
 */
export function installFileSystem(sqlite3: Sqlite3Static): FileSystem {
  const { capi, wasm, vfs } = sqlite3;
  const files = new Map<string, PieceFile>();
  const opened = new Map<number, PieceFile>();
  const withFile = (pointer: number, work: (file: PieceFile) => number) => {
    const file = opened.get(pointer);
    return file ? work(file) : capi.SQLITE_IOERR;
  };
  const heap = (pointer: number, length: number) => wasm.heap8u().subarray(pointer, pointer + length);
  const io = new capi.sqlite3_io_methods();
  const methods = {
    xClose: (pointer: number) => {
      opened.delete(pointer);
      return capi.SQLITE_OK;
    },
    xRead: (pointer: number, target: number, length: number, from: bigint) =>
      withFile(pointer, (file) =>
        readFile(file, heap(target, length), Number(from)) ? capi.SQLITE_OK : capi.SQLITE_IOERR_SHORT_READ,
      ),
    xWrite: (pointer: number, source: number, length: number, to: bigint) =>
      withFile(pointer, (file) => {
        writeFile(file, heap(source, length), Number(to));
        return capi.SQLITE_OK;
      }),
    xTruncate: (pointer: number, size: bigint) =>
      withFile(pointer, (file) => {
        truncateFile(file, Number(size));
        return capi.SQLITE_OK;
      }),
    xFileSize: (pointer: number, target: number) =>
      withFile(pointer, (file) => {
        wasm.poke64(target, BigInt(file.size));
        return capi.SQLITE_OK;
      }),
    xCheckReservedLock: (_: number, target: number) => {
      wasm.poke32(target, 0);
      return capi.SQLITE_OK;
    },
    xSync: () => capi.SQLITE_OK,
    xLock: () => capi.SQLITE_OK,
    xUnlock: () => capi.SQLITE_OK,
    xFileControl: () => capi.SQLITE_NOTFOUND,
    xSectorSize: () => SECTOR_BYTES,
    xDeviceCharacteristics: () => 0,
  };
  // The driver's types take the 64-bit numbers, which arrive as bigint, for numbers.
  vfs.installVfs({ io: { struct: io, methods: methods as object } });
  const system = describeSystem(sqlite3);
  const open = (name: number, pointer: number) => {
    const file = files.get(wasm.cstrToJs(name) ?? "");
    if (!file) return capi.SQLITE_CANTOPEN;
    const struct = new capi.sqlite3_file(pointer);
    struct.$pMethods = io.pointer;
    struct.dispose();
    opened.set(pointer, file);
    return capi.SQLITE_OK;
  };
  const systemMethods = {
    xOpen: (_: number, name: number, pointer: number, flags: number, outFlags: number) => {
      if (outFlags) wasm.poke32(outFlags, flags);
      return open(name, pointer);
    },
    xDelete: () => capi.SQLITE_OK,
    xAccess: (_: number, _name: number, _flags: number, target: number) => {
      wasm.poke32(target, 0);
      return capi.SQLITE_OK;
    },
    xFullPathname: (_: number, name: number, length: number, target: number) =>
      wasm.cstrncpy(target, name, length) < length ? capi.SQLITE_OK : capi.SQLITE_CANTOPEN,
    xGetLastError: () => 0,
  };
  vfs.installVfs({ vfs: { struct: system, methods: systemMethods } });
  return { name: NAME, files };
}

/** Time and randomness are those of the standard one. */
function describeSystem({ capi, wasm }: Sqlite3Static) {
  const system = new capi.sqlite3_vfs();
  // The driver's types have this on each struct, and it is on what makes them.
  const { structInfo } = capi.sqlite3_file as unknown as { readonly structInfo: { readonly sizeof: number } };
  const standard = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  system.$iVersion = 2;
  system.$szOsFile = structInfo.sizeof;
  system.$mxPathname = MAX_PATH_BYTES;
  system.$zName = wasm.allocCString(NAME, false);
  const shared = ["$xRandomness", "$xSleep", "$xCurrentTime", "$xCurrentTimeInt64"];
  for (const member of shared) Reflect.set(system, member, Reflect.get(standard, member));
  standard.dispose();
  return system;
}
