/** Builds `dist/todo`, one file for this machine: `bun run build`. */
import { globSync, rmSync } from "node:fs";
import { version } from "../package.json";

const result = await Bun.build({
  entrypoints: ["src/main.ts"],
  compile: {
    outfile: "dist/todo",
    // A .env or bunfig.toml in the folder where the user stands could take tokens or run code.
    autoloadDotenv: false,
    autoloadBunfig: false,
  },
  format: "esm",
  // What only the server needs is a part of its own, so that a command of the terminal starts without it.
  splitting: true,
  minify: true,
  bytecode: true,
  sourcemap: "linked",
});
// The program has the maps in it, for the lines of errors, so the copies beside it are not needed.
for (const map of globSync("dist/*.map")) rmSync(map);
for (const log of result.logs) console.error(log);
console.log(`dist/todo ${version}`);
