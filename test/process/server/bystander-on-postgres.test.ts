import { useHomes } from "../../support/cli/home.ts";
import { useDatabaseServers } from "../../support/postgres/open.ts";
import { useSharedDatabase } from "../../support/postgres/shared.ts";
import { startServer } from "../../support/server/server.ts";
import { BETTER_AUTH_SECRET, describeBystander } from "./bystander-contract.ts";

const newHome = useHomes();
const openDatabase = useDatabaseServers();
const findDatabase = useSharedDatabase();

describeBystander("of PostgreSQL", async (fill) => {
  const { appUrl } = await findDatabase();
  await fill((await openDatabase(appUrl)).store);
  return startServer(newHome(), {
    args: ["--port", "0", "--no-migrate"],
    env: { BETTER_AUTH_SECRET, DATABASE_URL: appUrl },
  });
});
