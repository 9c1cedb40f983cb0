/** Writes `openapi.json` from the routes and their shapes: `bun run openapi`. With `--check` it only says whether it is as it must be. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createDocument } from "zod-openapi";
import { version } from "../package.json";
import { describeApi } from "./openapi/describe.ts";

const ROOT = resolve(import.meta.dir, "..");
const NAME = "openapi.json";

/** The text as the project's formatter would write it, so that both are content with it. */
function format(text: string): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([process.execPath, "fmt", "--stdin-filepath", NAME], {
    cwd: ROOT,
    stdin: Buffer.from(text),
  });
  if (exitCode !== 0) throw new Error(`the formatter failed: ${stderr.toString()}`);
  return stdout.toString();
}

/** The one example of docs/server.md in JavaScript, so that it stands in one place. */
function readExample(): string {
  const [example] = /^```js\n.*?^```$/ms.exec(readFileSync(resolve(ROOT, "docs/server.md"), "utf8")) ?? [];
  if (example === undefined) throw new Error("docs/server.md has no example in JavaScript");
  return example;
}

const document = createDocument(describeApi(version, readExample()), {
  // A format says all that its long pattern says.
  override: ({ jsonSchema }) => {
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  },
});
const path = resolve(ROOT, NAME);
const text = format(JSON.stringify(document));
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  console.error(`${NAME} is not what the routes say. Write it anew: bun run openapi`);
  process.exitCode = 1;
}
