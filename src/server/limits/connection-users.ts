/** The ports of a connection: of the process that opened it, and of the server. */
export type ConnectionPorts = { readonly client: number; readonly server: number };

/** A connection in Linux's tables: its place, its two ends as hex digits, its state, queues, timers, and the id of its user. */
const CONNECTION = /^ *\d+: [\dA-F]+:([\dA-F]{4}) [\dA-F]+:([\dA-F]{4}) [\dA-F]{2} \S+ \S+ \S+ +(\d+) /gm;

/** Linux shows the connections of a machine to everybody on it. */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** The connections of this machine as Linux lists them. Empty on other systems. */
export async function readConnections(): Promise<string> {
  const texts = await Promise.all(
    TABLES.map((path) =>
      Bun.file(path)
        .text()
        .catch(() => ""),
    ),
  );
  return texts.join("\n");
}

/**
 * The ids of the users whose processes have connections between two ports. Mostly one, and none if the table has no such connection.
 * Both ports count: a connection elsewhere may use the same port here, and one that has ended stands there as if it were of root.
 */
export function findConnectionUsers(table: string, { client, server }: ConnectionPorts): number[] {
  const between = [...table.matchAll(CONNECTION)].filter(
    ([, from, to]) => readPort(from) === client && readPort(to) === server,
  );
  // While connections come and go, Linux may list one twice.
  return [...new Set(between.map(([, , , user]) => Number(user)))];
}

function readPort(digits = ""): number {
  return Number.parseInt(digits, 16);
}
