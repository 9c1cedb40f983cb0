import { expect, test } from "bun:test";
import { findConnectionUsers, readConnections } from "../../../src/server/limits/connection-users.ts";

const HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
// As Linux 6 writes them, in IPv4 and IPv6.
const TABLE = `${HEADING}
   0: 00000000:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1676 1 00000000b95f47d8 100 0 0 10 0
   3: 0100007F:D8EA 0100007F:1538 06 00000000:00000000 03:000012D0 00000000     0        0 0 3 00000000c2ae732c
   7: 0100007F:D8EA 0100007F:B07D 01 00000000:00000000 02:0000176F 00000000     0        0 8701629 3 00000000c2ae732b 20 0 0 11 -1
${HEADING}
   8: 0100007F:D8EA 0100007F:B07D 01 00000000:00000000 02:0000176F 00000000     0        0 8701629 3 00000000c2ae732b 20 0 0 11 -1
1234: 00000000000000000000000001000000:CE98 00000000000000000000000001000000:B07D 01 00000000:00000000 02:00001770 00000000 65534        0 8701631 3 000000000ec46cd5 20 0 0 11 -1
1235: 0000000000000000FFFF00000100007F:D8EA 0000000000000000FFFF00000100007F:D8EA 01 00000000:00000000 00:00000000 00000000  1001        0 8702076 1 000000001a9e7f7c 20 4 30 10 -1
`;

test.each([
  [0x07e8, 0, [1000]],
  [0xd8ea, 0xb07d, [0]],
  [0xd8ea, 0xd8ea, [1001]],
  [0xce98, 0xb07d, [65_534]],
  // One that went elsewhere from the same port, and has ended.
  [0xd8ea, 0x1538, [0]],
  // At the other end.
  [0xb07d, 0xd8ea, []],
  [0xd8ea, 0xce98, []],
])("connections from port %d to port %d are those of the users %p", (client, server, users) => {
  expect(findConnectionUsers(TABLE, { client, server })).toEqual(users);
});

test("there are none in an empty table", () => expect(findConnectionUsers("", { client: 80, server: 80 })).toEqual([]));

test("a connection of this process is that of its user, where the system tells", async () => {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request, own) => {
      const client = own.requestIP(request)?.port ?? -1;
      return Response.json(findConnectionUsers(await readConnections(), { client, server: own.port ?? -1 }));
    },
  });
  const users: unknown = await (await fetch(server.url)).json();
  await server.stop(true);
  expect(users).toEqual(process.platform === "linux" ? [process.getuid?.()] : []);
});
