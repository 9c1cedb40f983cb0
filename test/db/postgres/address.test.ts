import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { openPostgres } from "../../../src/db/postgres/database.ts";
import { type PostgresAddress, readPostgresAddress } from "../../../src/db/postgres/address.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { refusal, refusalOf } from "../../support/errors.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { useDatabaseServers } from "../../support/postgres/open.ts";
import { useClusters } from "../../support/postgres/postgres.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const FORM = "Write it as: postgres://user:password@host/database";
const REMOTE = "postgres://ann:secret@db.example.com/todo";
const NEON = "postgres://ann:secret@ep-blue-1.eu-central-1.aws.neon.tech/todo";

const scratch = useScratch();

function read(url: string, env: Readonly<Record<string, string>> = {}): PostgresAddress {
  return readPostgresAddress(url, env);
}

describe("the URL of a database is refused", () => {
  test.each([
    ["nothing", ""],
    ["no URL", "db.example.com/todo"],
    ["no host", "postgres://ann:secret@/todo"],
    ["no user", "postgres://db.example.com/todo"],
    ["no user, but a password", "postgres://:secret@db.example.com/todo"],
    ["no database", "postgres://ann:secret@db.example.com"],
    ["no database after the slash", "postgres://ann:secret@db.example.com/"],
    ["no database before the parameters", "postgres://ann:secret@db.example.com/?sslmode=require"],
    ["a database that is no text", "postgres://ann:secret@db.example.com/%ff"],
    ["a port that is none", "postgres://ann:secret@db.example.com:port/todo"],
    ["a password with a slash that isn't encoded", "postgres://ann:sec/ret@db.example.com/todo"],
    ["a password with a question mark that isn't encoded", "postgres://ann:sec?ret@db.example.com/todo"],
    ["a password with a # that isn't encoded", "postgres://ann:sec#ret@db.example.com/todo"],
  ])("when it has %s", async (_, url) => {
    const error = refusal(() => read(url));
    expect([error.code, error.message, error.hints.join()]).toEqual(["usage", "the database URL is incomplete", FORM]);
    expect((await refusalOf(openPostgres(url, {}))).message).toBe(error.message);
  });

  test.each(["disable", "allow", "prefer", "nonsense", "REQUIRE", ""])(
    "when it asks for sslmode=%s and is not on this machine",
    (mode) => {
      const error = refusal(() => read(`${REMOTE}?sslmode=${mode}`));
      expect([error.code, error.message]).toEqual(["usage", expect.stringContaining("in the clear")]);
      expect(error.hints.join()).toContain("Leave sslmode out");
    },
  );

  test.each(["127.0.0.1.example.com", "localhost.example.com", "1127.0.0.1", "[::2]", "128.0.0.1"])(
    "when it would be in the clear on %s, which only looks like this machine",
    (host) => {
      expect(refusal(() => read(`postgres://ann:secret@${host}/todo?sslmode=disable`)).code).toBe("usage");
    },
  );

  test("when its certificate of an authority can't be read", () => {
    const path = scratch("missing.pem");
    const error = refusal(() => read(`${REMOTE}?sslrootcert=${path}`));
    expect([error.code, error.message]).toEqual(["usage", "the file of sslrootcert can't be read (ENOENT)"]);
  });

  test.each([
    "http://neon.example.com/sql",
    "http://127.0.0.1.example.com/sql",
    "ftp://127.0.0.1/sql",
    "neon",
    "//x/sql",
  ])("when it is Neon's and TODO_NEON_ENDPOINT is %s", (endpoint) => {
    const error = refusal(() => read(NEON, { TODO_NEON_ENDPOINT: endpoint }));
    expect([error.code, error.message]).toEqual(["usage", expect.stringContaining("TODO_NEON_ENDPOINT")]);
  });
});

describe("what is said of a database", () => {
  /** Signs that mean something in a URL, with letters that appear in no message of ours. */
  const password = fc
    .array(
      fc.constantFrom(
        "@",
        "/",
        "?",
        "#",
        ":",
        "%",
        "&",
        "=",
        "[",
        " ",
        "\\",
        "sslmode=",
        "sslrootcert=",
        "ZQ",
        "é",
        "%40",
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((parts) => [...parts.map((part) => `${part}QZ`), "ZZ"].join(""));
  const rest = fc.record({
    user: fc.constantFrom("", "ann", "ann@corp", "a%40b"),
    host: fc.constantFrom("", "db.example.com", "localhost", "x.neon.tech", "[::1", "db.example.com:port"),
    path: fc.constantFrom("", "/", "/todo", "/%ff", "/to do"),
    parameters: fc.constantFrom(
      "",
      "?sslmode=disable",
      "?sslmode=require&sslrootcert=/nowhere.pem",
      "?options=-cx%3Dy",
    ),
    endpoint: fc.constantFrom("", "http://neon.example.com"),
  });

  /** All that people can be shown of a URL. */
  const listSaid = (url: string, endpoint: string): string[] => {
    try {
      return [read(url, { TODO_NEON_ENDPOINT: endpoint }).place];
    } catch (error) {
      if (!(error instanceof TodoError)) throw error;
      return [error.message, ...error.hints, String(error.cause)];
    }
  };

  test.each([
    ["as it is", (text: string) => text],
    ["encoded", encodeURIComponent],
  ])("never has a piece of the password in it, where that stands in the URL %s", (_, encode) => {
    fc.assert(
      fc.property(password, rest, (secret, { user, host, path, parameters, endpoint }) => {
        const said = listSaid(`postgres://${user}:${encode(secret)}@${host}${path}${parameters}`, endpoint);
        expect(said.join("\n")).not.toMatch(/QZ|ZZ/i);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the URL of a database is taken", () => {
  test.each(["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])("as it is on %s, without encryption", (host) => {
    const address = read(`postgres://ann:secret@${host}:5433/todo`);
    expect(address).toEqual({
      given: `postgres://ann:secret@${host}:5433/todo`,
      url: new URL(`postgres://ann:secret@${host}:5433/todo`),
      place: `${host}/todo`,
    });
    expect(read(`${address.given}?sslmode=disable`).tls).toBeUndefined();
  });

  test("as it is on localhost in any case of letters", () => {
    const { place, tls } = read("postgres://ann:secret@LocalHost/todo");
    expect([place, tls]).toEqual(["localhost/todo", undefined]);
  });

  test.each(["require", "verify-ca", "verify-full"])(
    "also on this machine with sslmode=%s, and its certificate checked",
    (mode) => {
      expect(read(`postgres://ann:secret@localhost/todo?sslmode=${mode}`).tls).toEqual({ rejectUnauthorized: true });
    },
  );

  test.each(["", "?sslmode=require", "?sslmode=verify-ca", "?sslmode=verify-full", "?sslrootcert=system"])(
    "elsewhere encrypted and with its certificate checked, with %p",
    (parameters) => {
      expect(read(REMOTE + parameters).tls).toEqual({ rejectUnauthorized: true });
    },
  );

  test("with the certificate of an authority of one's own", () => {
    const path = scratch("own.pem");
    writeFileSync(path, "-----BEGIN CERTIFICATE-----\n");
    expect(read(`${REMOTE}?sslmode=verify-full&sslrootcert=${path}`).tls).toEqual({
      rejectUnauthorized: true,
      ca: "-----BEGIN CERTIFICATE-----\n",
    });
  });

  test.each(["x.neon.tech", "X.Neon.Tech", "ep-1-pooler.eu-central-1.aws.NEON.TECH", "neon.tech"])(
    "for Neon's driver on %s",
    (host) => {
      const { neonEndpoint, tls, place } = read(`postgres://ann:secret@${host}/todo?sslmode=disable`);
      expect([neonEndpoint, tls, place]).toEqual(["standard", undefined, `${host.toLowerCase()}/todo`]);
    },
  );

  test.each([
    "notneon.tech",
    "neon.tech.evil.com",
    "x-neon.tech",
    "neon.technology",
    "neon.tech@db.example.com",
    "neonxtech",
  ])("for PostgreSQL itself, encrypted, on %s", (host) => {
    const { neonEndpoint, tls } = read(`postgres://ann:secret@${host}/todo`, {
      TODO_NEON_ENDPOINT: "https://neon.example.com/sql",
    });
    expect([neonEndpoint, tls]).toEqual([undefined, { rejectUnauthorized: true }]);
  });

  test.each([
    "https://neon.example.com/sql",
    "http://127.0.0.1:4444/sql",
    "http://localhost:4444/sql",
    "http://[::1]/sql",
  ])("with TODO_NEON_ENDPOINT %s", (endpoint) => {
    expect(read(NEON, { TODO_NEON_ENDPOINT: endpoint }).neonEndpoint).toBe(endpoint);
  });

  test("with TODO_NEON_ENDPOINT set to nothing as without it", () => {
    expect(read(NEON, { TODO_NEON_ENDPOINT: "" }).neonEndpoint).toBe("standard");
  });

  test("with its parameters taken off, of which each driver would make something of its own", () => {
    const parameters = "sslmode=require&channel_binding=require&host=evil.com&options=-c%20statement_timeout%3D5000";
    const { given, url, options } = read(`${REMOTE}?${parameters}`);
    expect([given, url.href, options]).toEqual([`${REMOTE}?${parameters}`, REMOTE, "-c statement_timeout=5000"]);
  });

  test("with names that are encoded, which people see as they are", () => {
    const url = "postgres://ann%40corp:p%40ss%2Fw@DB.Example.com/my%20t%C3%B8do";
    const address = read(url);
    expect([address.place, address.url.href, address.given]).toEqual(["db.example.com/my tødo", url, url]);
  });
});

describe("a database whose user, password and name have signs that a URL must encode", () => {
  const startCluster = useClusters();
  const open = useDatabaseServers();

  test("is reached, with the options of the URL and whatever else stands in it", async () => {
    const { urlOf } = await startCluster();
    const [user, password, name] = ["ann@corp/ø", "p@ss/w:?#%20+&", "my tødo/100%?"];
    await queryPostgres(
      urlOf("postgres", "postgres"),
      `create role "${user}" login password '${password}'`,
      `create database "${name}" owner "${user}" template template0`,
    );
    const url = new URL(urlOf("postgres", "postgres"));
    const [account, secret, path] = [user, password, name].map(encodeURIComponent);
    const parameters = "channel_binding=prefer&options=-c%20search_path%3Dmine&application_name=x";
    const server = await open(`postgres://${account}:${secret}@${url.host}/${path}?${parameters}`);
    expect((await server.status()).role).toBe(user);
    await queryPostgres(`postgres://${account}:${secret}@${url.host}/${path}`, "create schema mine");
    expect(await server.migrate()).not.toEqual([]);
    const schemas = "select distinct table_schema from information_schema.columns where column_name = 'user_id'";
    expect(await queryPostgres(`postgres://${account}:${secret}@${url.host}/${path}`, schemas)).toEqual([["mine"]]);
  });
});
