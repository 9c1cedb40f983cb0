import { expect, test } from "bun:test";
import { statSync } from "node:fs";

// What a phone has to load before it shows anything, as it goes over the wire.

const KB = 1000;

test.each([
  { file: "main.js", atMost: 34 * KB },
  { file: "style.css", atMost: 8 * KB },
  { file: "worker.js", atMost: 155 * KB },
  { file: "sqlite3.wasm", atMost: 360 * KB },
])("the page's $file stays small", ({ file, atMost }) => {
  expect(statSync(`${import.meta.dir}/../../../dist/web/${file}.br`).size).toBeLessThan(atMost);
});
