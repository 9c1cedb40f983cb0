import { resolve } from "node:path";
import { z } from "zod";
import { type Driver, nameNeonHost } from "../../test/support/postgres/stores.ts";
import { keepTrack } from "../children.ts";
import { readUrl } from "../http/service.ts";

/** How a database is reached through one of the drivers. */
export type Way = {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** How many requests the stand-in for Neon had. Always 0 where there is none. */
  readonly countRequests: () => Promise<number>;
};

const state = z.object({ endpoint: z.string(), requests: z.int() });

/** Finds the way, and starts a stand-in for Neon where that is a part of it. */
export async function openWay(driver: Driver, port: number, appUrl: string): Promise<Way> {
  if (driver === "bun") return { url: appUrl, env: {}, countRequests: () => Promise.resolve(0) };
  const program = resolve(import.meta.dir, "neon-stand-in.ts");
  const command = [process.execPath, program, String(port)];
  const child = keepTrack(Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "inherit" }));
  const address = await readUrl(child.stdout);
  if (address === null) throw new Error("the stand-in for Neon did not start");
  const read = async () => state.parse(await (await fetch(address)).json());
  const { endpoint } = await read();
  return {
    url: nameNeonHost(appUrl),
    env: { TODO_NEON_ENDPOINT: endpoint },
    countRequests: async () => (await read()).requests,
  };
}
