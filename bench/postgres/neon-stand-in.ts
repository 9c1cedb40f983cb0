/** A stand-in for Neon in a process of its own: `bun bench/postgres/neon-stand-in.ts PORT`. Says where it is and how much it was asked. */
import { startNeon } from "../../test/support/postgres/neon.ts";

let requests = 0;

const neon = startNeon({ port: Number(process.argv[2]), record: false });
neon.intercept = () => {
  requests += 1;
  return undefined;
};

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: () => Response.json({ endpoint: neon.endpoint, requests }),
});
console.log(`Listening on ${server.url.origin}`);
