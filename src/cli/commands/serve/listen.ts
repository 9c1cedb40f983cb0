import type { ServeOrder } from "../../platform/io.ts";
import { printJson, printText } from "../../output/print.ts";
import type { Session } from "../../session.ts";

/** Serves, prints the address, and ends when the process is asked to, after the last answer. */
export async function listenUntilStopped(session: Session, order: ServeOrder): Promise<void> {
  const { io, format } = session;
  // Before the address is printed, because whoever reads that may want to stop the server at once.
  const stopped = io.untilStopped();
  const server = await io.serve(order);
  if (format === "json") printJson(session, { url: server.url });
  else printText(session, format === "quiet" ? server.url : `Listening on ${server.url}`);
  await stopped;
  await server.stop();
}
