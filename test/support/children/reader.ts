import { serveReads } from "../../../src/db/sqlite/reader.ts";

// What the built program does when a server starts it to read.

await serveReads();
process.exit();
