import type { ServeOrder } from "../../platform/io.ts";
import { printJson, printText } from "../../output/print.ts";
import type { Invocation } from "../../invocation.ts";

/** Serves, prints the address, and calls `onListening` with it. On a stop signal it ends after the last answer. */
export async function listenUntilStopped(
  invocation: Invocation,
  order: ServeOrder,
  onListening: (url: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { io, format } = invocation;
  // Before the address is printed, because its reader may want to stop the server at once.
  const stopped = io.untilStopped();
  const server = await io.serve(order);
  if (format === "json") printJson(invocation, { url: server.url });
  else printText(invocation, format === "quiet" ? server.url : `Listening on ${server.url}`);
  await onListening(server.url);
  await stopped;
  await server.stop();
}
