import { expect, test } from "bun:test";
import { render } from "../../../src/server/http/render.ts";

const CONTEXT = { id: "1", request: new Request("http://localhost/"), deps: { publicUrl: null } };

async function* countTo(last: number) {
  for (let count = 1; count <= last; count += 1) yield `${count} `;
}

test("others have a turn between two texts of a reply that is made piece by piece", async () => {
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const text = await render({ status: 200, chunks: countTo(20) }, CONTEXT).text();
  isDone = true;
  expect(text.split(" ")).toHaveLength(21);
  expect(turns).toBeGreaterThanOrEqual(20);
});
