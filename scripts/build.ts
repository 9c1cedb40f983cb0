/** Builds `dist/todo`, one file for this machine: `bun run build`. */
import { rmSync } from "node:fs";
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
  minify: true,
  bytecode: true,
  sourcemap: "linked",
});
// The program has the map in it, for the lines of errors, so the copy beside it is not needed.
rmSync("dist/todo.map", { force: true });
for (const log of result.logs) console.error(log);
console.log(`dist/todo ${version}`);
