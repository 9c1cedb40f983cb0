import { expect, test } from "bun:test";
import { prepareDefaultDatabase } from "../../../src/cli/config/database-path.ts";
import { useOnline } from "../../support/cli/online.ts";

const goOnline = useOnline();

test.each([
  ["/data.db", "/"],
  ["/srv/tasks/todo.db", "/srv/tasks"],
])("the database %s of the settings lies in the folder %s, which is made", async (database, folder) => {
  const device = (await goOnline()).device({ env: { TODO_DB: "" } });
  device.configure({ database });
  const made: string[] = [];
  const io = { ...device.io, makePrivateFolder: (path: string) => void made.push(path) };
  expect(prepareDefaultDatabase(io)).toBe(database);
  expect(made).toEqual([folder]);
});
