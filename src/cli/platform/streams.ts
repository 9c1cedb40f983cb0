import { fstatSync, readSync, statSync, writeSync } from "node:fs";
import { codeOf, TodoError } from "../../domain/errors.ts";
import type { Sink, Source } from "./io.ts";

const CHUNK = 65_536;
const NEWLINE = 10;

/** Standard output (1) or standard error (2). */
export function createSink(descriptor: 1 | 2): Sink {
  const stream = () => (descriptor === 1 ? process.stdout : process.stderr);
  return {
    write: (text) => writeAll(descriptor, Buffer.from(text)),
    isTerminal: () => isTerminal(descriptor),
    columns: () => stream().columns || 80,
    rows: () => stream().rows || 24,
  };
}

/** Standard input. */
export function createSource(): Source {
  const descriptor = 0;
  return {
    isTerminal: () => isTerminal(descriptor),
    readAll: () => readToEnd(descriptor),
    readLine: () => readOneLine(descriptor),
    readHidden: (ask) => {
      setEcho(false);
      try {
        ask();
        return readOneLine(descriptor);
      } finally {
        setEcho(true);
      }
    },
  };
}

/** `node:tty` costs a millisecond to load, so it is loaded only if the descriptor may be a terminal. */
function isTerminal(descriptor: number): boolean {
  return mayBeTerminal(descriptor) && process.getBuiltinModule("node:tty").isatty(descriptor);
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isCharacterDevice() && stat.rdev !== statSync("/dev/null").rdev;
  } catch {
    // A descriptor that the caller closed is no terminal.
    return false;
  }
}

/** Turns the terminal's echo on or off. A terminal without that setting stays as it is. */
function setEcho(isOn: boolean): void {
  Bun.spawnSync(["/bin/sh", "-c", `stty ${isOn ? "echo" : "-echo"}`], { stdin: "inherit" });
}

/** Writes everything: `console.log` hides a full disk and a closed pipe. */
function writeAll(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = codeOf(error);
      // Notes are not essential: if standard error is closed or full, the work goes on.
      if (descriptor === 2 && code !== "EAGAIN") return;
      // The reader has what it wanted, as in `todo list | head -1`.
      if (code === "EPIPE") process.exit(0);
      if (code !== "EAGAIN") throw explainWriteError(code, error);
      Bun.sleepSync(1);
    }
  }
}

function readToEnd(descriptor: number): Uint8Array {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(CHUNK);
    const length = readSome(descriptor, chunk);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
  }
}

/** Reads one byte at a time, so that the rest is left for the next reader. */
function readOneLine(descriptor: number): string | null {
  const bytes: number[] = [];
  const byte = Buffer.alloc(1);
  while (readSome(descriptor, byte) > 0 && byte[0] !== NEWLINE) bytes.push(byte[0] ?? NEWLINE);
  return bytes.length === 0 && byte[0] !== NEWLINE ? null : Buffer.from(bytes).toString("utf8");
}

function readSome(descriptor: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, into);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw new TodoError("io_failed", "standard input can't be read", { cause: error });
      Bun.sleepSync(1);
    }
  }
}

function explainWriteError(code: string | undefined, cause: unknown): TodoError {
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new TodoError("full_disk", "the output can't be written: no space is left on the device", { cause });
  }
  return new TodoError("io_failed", `the output can't be written (${code ?? "unknown reason"})`, { cause });
}
