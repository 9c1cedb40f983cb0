import type { ServeOrder } from "../../platform/io.ts";
import { printJson, printText } from "../../output/print.ts";
import type { Invocation } from "../../invocation.ts";

/** Serves, and calls `onListening` with the address. On a stop signal it ends after the last answer. */
export async function listenUntilStopped(
  { io }: Invocation,
  order: ServeOrder,
  onListening: (url: string) => Promise<void>,
): Promise<void> {
  // Before the address is known, because whoever learns it may want to stop the server at once.
  const stopped = io.untilStopped();
  const server = await io.serve(order);
  try {
    await onListening(server.url);
    await stopped;
  } finally {
    await server.stop();
  }
}

/** Prints where the server is. */
export function printAddress(invocation: Invocation, url: string): void {
  if (invocation.format === "json") printJson(invocation, { url });
  else printText(invocation, invocation.format === "quiet" ? url : `Listening on ${url}`);
}
