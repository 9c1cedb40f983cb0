import type { Output } from "./output.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;

/** Waits so many milliseconds. A terminal shows a spinner beside the text meanwhile. */
export async function wait({ io }: Output, text: string, ms: number): Promise<void> {
  if (!io.err.isTerminal()) return Bun.sleep(ms);
  for (let waited = 0; waited < ms; waited += FRAME_MS) {
    io.err.write(`\r${FRAMES[(waited / FRAME_MS) % FRAMES.length]} ${text}`);
    await Bun.sleep(FRAME_MS);
  }
  io.err.write("\r\u001b[K");
}
