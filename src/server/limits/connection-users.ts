/** A connection in Linux's tables: its place, its two ends as hex digits, its state, queues, timers, and the id of its user. */
const CONNECTION = /^ *\d+: [\dA-F]+:([\dA-F]{4}) [\dA-F]+:[\dA-F]{4} [\dA-F]{2} \S+ \S+ \S+ +(\d+) /gm;

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

/** The ids of the users whose processes have connections from a port. Mostly one, and none if the port is not in the table. */
export function findConnectionUsers(table: string, port: number): number[] {
  const connections = [...table.matchAll(CONNECTION)];
  return connections.filter(([, from]) => Number.parseInt(from ?? "", 16) === port).map(([, , user]) => Number(user));
}
