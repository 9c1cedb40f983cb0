import { Database } from "bun:sqlite";
import { expect } from "bun:test";
import { type Ended, finish, type Home, type Order } from "../cli/home.ts";
import { EMAIL, PASSWORD, startAccountServer } from "../cli/people.ts";
import type { Synced } from "../../../src/services/sync/synchronize.ts";
import type { Server } from "../server/server.ts";

/** Nothing syncs but who is told to. */
export const ALONE = { TODO_SYNC_AUTO: "off" };

/** What `todo sync --status --json` prints. */
export type Status = { readonly server: string | null; readonly unsent: number; readonly rejected: readonly unknown[] };

/** A device of somebody, on which nothing happens by itself. */
export type Fellow = ReturnType<typeof createFellow>;

export function createFellow(home: Home, more: Order["env"] = {}) {
  const run = (order: Order) => home.run({ ...order, env: { ...ALONE, ...more, ...order.env } });
  const start = (args: readonly string[]) => home.start({ args, env: { ...ALONE, ...more } });
  const todo = (...args: string[]): Promise<Ended> => run({ args });
  const print = async (...args: string[]): Promise<string> => {
    const { exitCode, out, err } = await todo(...args);
    if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} ended with ${exitCode}: ${err}`);
    return out;
  };
  return {
    home,
    start,
    todo,
    print,
    run,
    sync: async (): Promise<Synced> => JSON.parse(await print("sync", "--json")),
    export: () => print("export", "--deleted"),
    status: async (): Promise<Status> => JSON.parse(await print("sync", "--status", "--json")),
    /** Starts a command and kills it after so many milliseconds, unless it was faster. */
    kill: async (args: readonly string[], delay: number): Promise<Ended> => {
      const child = start(args);
      const timer = setTimeout(() => child.kill("SIGKILL"), delay);
      const ended = await finish(child);
      clearTimeout(timer);
      return ended;
    },
    /** A sync that was killed keeps others waiting for a minute, which is longer than a test. */
    forgetLease: () => {
      const database = new Database(home.db);
      database.run("pragma busy_timeout = 5000");
      database.run("delete from replica where key = 'syncer'");
      database.close(true);
    },
  };
}

/** A server and devices of one account that follow it at an address, its own or that of what stands before it. */
export async function startFleet(newHome: () => Home, size: number, reach: (server: Server) => Promise<string>) {
  const machine = newHome();
  const server = await startAccountServer(machine, { env: ALONE });
  const origin = await reach(server);
  const fellows = Array.from({ length: size }, () => createFellow(newHome()));
  const [first, ...others] = fellows;
  const input = `${EMAIL}\n${PASSWORD}\n`;
  const enter = async (fellow: Fellow | undefined, ...args: string[]) =>
    expect(await fellow?.run({ args, input })).toMatchObject({ exitCode: 0, err: "" });
  await enter(first, "signup", origin);
  await Promise.all(others.map((other) => enter(other, "login", origin, "--password")));
  await Promise.all(fellows.map(({ sync }) => sync()));
  return { machine, server, fellows };
}

/** The server again, after it was killed, where it was. */
export function restart(machine: Home, { port }: Pick<Server, "port">): Promise<Server> {
  return startAccountServer(machine, { args: ["--port", String(port)], env: ALONE });
}

/** Syncs one after another until nobody has anything for anybody. */
export async function syncUntilQuiet(fellows: readonly Fellow[]): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    let moved = 0;
    for (const { sync } of fellows) {
      const { sent, received } = await sync();
      moved += sent + received;
    }
    if (moved === 0) return;
  }
  throw new Error("they did not become quiet");
}
