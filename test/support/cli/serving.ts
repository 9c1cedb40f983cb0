import type { Io, ServeOrder } from "../../../src/cli/platform/io.ts";
import { run } from "../../../src/cli/run.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { Ended, Terminal } from "./terminal.ts";

/** `todo serve` and `todo web` at a terminal whose network is a record of what was asked of it. */
export function createServing(terminal: Terminal, more: Partial<Io> = {}) {
  const orders: ServeOrder[] = [];
  const events: string[] = [];
  const record = { serve: recordServe(orders, events), ...recordClose(terminal, events), ...more };
  const runCommand = async (...argv: readonly string[]): Promise<Ended> => {
    let [out, err] = ["", ""];
    const io = {
      ...terminal.io,
      out: { ...terminal.io.out, write: (text: string) => void (out += text) },
      err: { ...terminal.io.err, write: (text: string) => void (err += text) },
      ...record,
    };
    return { code: await run(argv, io), out, err };
  };
  const serve = (...argv: readonly string[]) => runCommand("serve", ...argv);
  const openPage = (...argv: readonly string[]) => runCommand("web", ...argv);
  return { terminal, orders, events, serve, openPage };
}

function recordServe(orders: ServeOrder[], events: string[]): Io["serve"] {
  return async (order) => {
    orders.push(order);
    events.push("listen");
    return { url: `http://${order.host}:${order.port}`, stop: async () => void events.push("stop") };
  };
}

function recordClose({ io }: Terminal, events: string[]): Pick<Io, "openStore" | "openDatabase"> {
  const recorded = (store: Store): Store => ({ ...store, close: async () => void events.push("close") });
  return {
    openStore: async (path) => {
      const opened = await io.openStore(path);
      return { ...opened, store: recorded(opened.store) };
    },
    openDatabase: async (url, options) => {
      const server = await io.openDatabase(url, options);
      return { ...server, store: recorded(server.store) };
    },
  };
}
