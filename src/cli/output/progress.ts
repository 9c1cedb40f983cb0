import type { Output } from "./output.ts";

const SHOW_AFTER_MS = 1000;
const REDRAW_INTERVAL_MS = 100;
const WIDTH = 24;

/** A line on the terminal's standard error for work that takes longer than a second. */
export type StatusLine = {
  readonly show: (text: string) => void;
  /** Clears it. */
  readonly end: () => void;
};

/** A bar on such a line. */
export type Progress = {
  readonly report: (done: number) => void;
  readonly end: () => void;
};

/** Starts a status line. It shows nothing in the first second, and nothing if standard error is no terminal. */
export function openStatusLine({ io }: Output): StatusLine {
  let drawnAt = io.system.now() + SHOW_AFTER_MS - REDRAW_INTERVAL_MS;
  let drawn = false;
  return {
    show: (text) => {
      const now = io.system.now();
      if (now - drawnAt < REDRAW_INTERVAL_MS || !io.err.isTerminal()) return;
      drawnAt = now;
      drawn = true;
      io.err.write(`\r${text}\u001b[K`);
    },
    end: () => {
      if (drawn) io.err.write("\r\u001b[K");
    },
  };
}

/** Starts progress over `total` steps. */
export function startProgress(output: Output, label: string, total: number): Progress {
  const { show, end } = openStatusLine(output);
  return { report: (done) => show(`${label} ${drawBar(done / total)} ${done} of ${total}`), end };
}

function drawBar(share: number): string {
  const filled = Math.round(Math.min(1, share) * WIDTH);
  return "█".repeat(filled) + "░".repeat(WIDTH - filled);
}
