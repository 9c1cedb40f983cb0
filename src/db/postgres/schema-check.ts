import { TodoError } from "../../domain/errors.ts";
import { type Migration, refuseNewer } from "../migrate.ts";
import type { PostgresConnection } from "./connection.ts";
import { MIGRATE } from "./errors.ts";
import { BYPASSES, requireRowSecurity } from "./row-security.ts";
import { plain } from "../statement.ts";

/** The facts about a database that this program checks before it uses it. */
export type Schema = {
  /** Throws `newer_store` or `unavailable` unless the tables are those of this program, and the role one that may use them. */
  readonly check: () => Promise<void>;
  /** The same until it was found to be so once. */
  readonly requireCurrent: () => Promise<void>;
  /** The node of the database, once it has settled. */
  readonly node: () => string;
};

type Found = { readonly name: string; readonly node: string; readonly bypasses: boolean };

/** Fails for a missing table if the database is older than the tables it asks for. */
const LOOK = `
  select name, (select value from replica where key = 'node') as node,
    ${BYPASSES} as bypasses
  from migrations`;

export type SchemaRules = {
  readonly migrations: readonly Migration[];
  readonly requireRowSecurity: boolean;
  /** The database's name for people. */
  readonly place: string;
};

/** Looks at the schema of a database for the program that knows these migrations. */
export function createSchema(connection: PostgresConnection, rules: SchemaRules): Schema {
  let node: string | undefined;
  const look = async () => {
    const found = await connection.query<Found>(plain(LOOK));
    refuseSchema(
      found.map(({ name }) => name),
      rules,
    );
    const [first] = found;
    if (rules.requireRowSecurity) {
      await requireRowSecurity(connection, { place: rules.place, bypasses: first?.bypasses !== false });
    }
    node = first?.node;
  };
  return {
    check: look,
    requireCurrent: async () => {
      if (node === undefined) await look();
    },
    node: () => node ?? "",
  };
}

function refuseSchema(applied: readonly string[], { migrations, place }: SchemaRules): void {
  refuseNewer(applied, { migrations, place });
  const missing = migrations.find(({ name }) => !applied.includes(name));
  if (missing === undefined) return;
  throw new TodoError("unavailable", `${place}: it lacks the migration ${missing.name}`, {
    hints: [MIGRATE],
    retryAfter: 5,
  });
}
