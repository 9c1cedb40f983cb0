import { existsSync, writeFileSync } from "node:fs";
import { serveReads } from "../../../src/db/sqlite/reader.ts";

// Dies in the middle of a read: the first one alone if a file is named, which is made by then.

const [file] = process.argv.slice(2);
const hasDied = file !== undefined && existsSync(file);
if (file !== undefined) writeFileSync(file, "");
if (!hasDied) process.once("message", () => process.kill(process.pid, "SIGKILL"));
await serveReads();
process.exit();
