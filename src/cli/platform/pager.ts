import { codeOf } from "../../domain/errors.ts";

/** For `less`, if the user has no options of their own: quit if all fits, ignore case, keep colours and the screen. */
const LESS = "FIRX";

/**
 * Writes chunks to a command of the shell until they or it end, and answers its exit code. Ctrl-C is the command's:
 * `less` stops what it does and goes on.
 */
export async function runPager(command: string, chunks: AsyncIterable<string>): Promise<number> {
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  const child = Bun.spawn(["/bin/sh", "-c", command], {
    stdin: "pipe",
    stdout: "inherit",
    stderr: "inherit",
    env: { LESS, ...process.env },
  });
  try {
    await writeChunks(child.stdin, chunks);
  } finally {
    // Whatever failed, the terminal is the pager's until it ends.
    await child.exited;
    process.off("SIGINT", ignore);
  }
  return child.exited;
}

/** Waits for the reader after each chunk, so that no more is made than is read. */
async function writeChunks(sink: Bun.FileSink, chunks: AsyncIterable<string>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      await sink.write(chunk);
      await sink.flush();
    }
  } catch (error) {
    // The reader has seen enough.
    if (codeOf(error) !== "EPIPE") throw error;
  } finally {
    await sink.end();
  }
}
