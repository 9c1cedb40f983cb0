import { expect, test } from "bun:test";
import { bundle } from "../../scripts/build-web.ts";

// In a browser the globals are an error, but only once the line runs. zod tries `new Function`, which the page's policy forbids.
const FOREIGN = /\bBun\b|\bBuffer\b|\bprocess\.(?:env|cwd|pid|versions|nextTick)\b|\bZodError\b|\bnew Function\b/g;

test.each([
  ["worker", "src/web/worker/main.ts"],
  ["page", "src/web/app/main.tsx"],
  ["service worker", "src/web/service-worker/main.ts"],
])("the %s uses no global of Bun or Node, and no zod", async (_part, entry) => {
  const script = new TextDecoder().decode(await bundle(entry));

  expect(script).not.toBe("");
  expect(script.match(FOREIGN) ?? []).toEqual([]);
});
