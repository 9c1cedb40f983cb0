import { Database } from "bun:sqlite";
import { print } from "./print.ts";

// A process of its own that keeps others from writing to a database until it is killed.

const raw = new Database(process.argv[2] ?? "", { readwrite: true });
raw.run("begin immediate");
print("held");
// The timer needs the connection, which would be collected and closed otherwise.
setInterval(() => raw.inTransaction, 1000);
