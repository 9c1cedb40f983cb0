import type { Subprocess } from "bun";
import type { Home, Order } from "./home.ts";

export type TerminalOrder = Order & { readonly columns?: number };

export type TerminalRun = {
  /** Resolves when the screen has shown this text. */
  readonly shows: (text: string) => Promise<void>;
  /** What a person presses, such as `y\r`. */
  readonly press: (keys: string) => void;
  readonly ended: Promise<TerminalEnd>;
};

export type TerminalEnd = {
  readonly exitCode: number | null;
  readonly signal: Subprocess["signalCode"];
  readonly screen: string;
};

/** Runs the built program in a pseudo-terminal: keyboard and screen are its standard input, output and error. */
export function openTerminal(home: Home, order: TerminalOrder): TerminalRun {
  const decoder = new TextDecoder();
  const closed = Promise.withResolvers<void>();
  const waiting = new Set<{ readonly text: string; readonly resolve: () => void }>();
  let screen = "";
  const { cwd, env } = home.settings(order);
  const child = home.watch(
    Bun.spawn([order.command ?? home.binary, ...order.args], {
      cwd,
      env: { TERM: "xterm-256color", ...env },
      terminal: {
        cols: order.columns ?? 80,
        rows: 24,
        data: (_, bytes) => {
          screen += decoder.decode(bytes, { stream: true });
          for (const watcher of waiting) if (screen.includes(watcher.text)) watcher.resolve();
        },
        exit: () => closed.resolve(),
      },
    }),
  );
  const end = async (): Promise<TerminalEnd> => {
    await Promise.all([child.exited, closed.promise]);
    child.terminal?.close();
    return { exitCode: child.exitCode, signal: child.signalCode, screen: screen.replaceAll("\r\n", "\n") };
  };
  const ended = end();
  const shows = async (text: string): Promise<void> => {
    const seen = Promise.withResolvers<void>();
    if (screen.includes(text)) return;
    waiting.add({ text, resolve: seen.resolve });
    const neverSeen = async () => {
      await ended;
      if (!screen.includes(text)) throw new Error(`the screen never showed ${JSON.stringify(text)}: ${screen}`);
    };
    await Promise.race([seen.promise, neverSeen()]);
  };
  return { shows, press: (keys) => void child.terminal?.write(keys), ended };
}

/** Runs a command in a pseudo-terminal to its end without touching the keyboard. */
export function show(home: Home, order: TerminalOrder): Promise<TerminalEnd> {
  return openTerminal(home, order).ended;
}
