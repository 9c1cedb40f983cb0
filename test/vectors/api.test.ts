import { describe, expect, test } from "bun:test";
import { foldText } from "../../src/domain/task/text.ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Replied, useApis } from "../support/server/api.ts";
import { findPublicData } from "../support/public-data.ts";

// Inputs that nobody in this project wrote, through the API: bun run test:vectors

const DATA = findPublicData("robustness");
const JSON_FOLDER = join(DATA, "JSONTestSuite-test_parsing");
const JSON_NAMES = readdirSync(JSON_FOLDER).toSorted();
const NAUGHTY: readonly string[] = JSON.parse(readFileSync(join(DATA, "blns.json"), "utf8"));

/** `{"title":"…"}` is all that a task needs. */
const THE_TASK = "y_object_string_unicode.json";
const MAX_BODY_BYTES = 65_536;

const openApi = useApis();

describe("the files of JSONTestSuite as bodies", () => {
  const api = openApi();

  /** Posts bytes as they are: with their length, or in chunks whose number nobody knows before the last one. */
  async function post(bytes: Uint8Array<ArrayBuffer>, isChunked: boolean): Promise<Replied> {
    const text = isChunked ? new Blob([bytes]).stream() : bytes;
    const headers = isChunked ? undefined : { "content-length": String(bytes.length) };
    return api.ask("POST", "/api/tasks", { text, ...(headers && { headers }) });
  }

  function read(name: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(readFileSync(join(JSON_FOLDER, name)));
  }

  function casesOf(prefix: string): [name: string, how: string][] {
    const names = JSON_NAMES.filter((name) => name.startsWith(prefix));
    return names.flatMap((name): [string, string][] => [
      [name, "at once"],
      [name, "in chunks"],
    ]);
  }

  test("are all here", () => {
    const counts = ["y_", "n_", "i_", ""].map((prefix) => JSON_NAMES.filter((name) => name.startsWith(prefix)).length);
    expect(counts).toEqual([95, 188, 35, 318]);
  });

  test.each(casesOf("n_"))("%s, %s, is refused and told why", async (name, how) => {
    const bytes = read(name);
    const { status, body } = await post(bytes, how === "in chunks");
    if (bytes.length > MAX_BODY_BYTES) expect([status, body.code]).toEqual([413, "too_large"]);
    else expect([status, body.code]).toEqual([400, "invalid_input"]);
    expect(wrongsOf(body)).toMatch(
      /not JSON|not UTF-8|nested deeper|at most|can have|expected object, received undefined/,
    );
  });

  // These two have more bytes than a body may have, so that nobody tries to read them.
  test.each(["n_structure_100000_opening_arrays.json", "n_structure_open_array_object.json"])(
    "%s, as long as a body may be, is refused without a crash",
    async (name) => {
      const { status, body } = await post(read(name).slice(0, MAX_BODY_BYTES), false);
      expect([status, body.errors]).toEqual([400, [{ path: "", message: "the body is not JSON" }]]);
    },
  );

  test.each(casesOf("y_"))("%s, %s, is read as JSON, whether it is a task or not", async (name, how) => {
    const { status, body } = await post(read(name), how === "in chunks");
    if (name === THE_TASK) {
      expect([status, body.title]).toEqual([201, "Полтора Землекопа"]);
    } else {
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors).not.toBeEmpty();
      expect(wrongsOf(body)).not.toMatch(/not JSON|not UTF-8/);
    }
  });

  test.each(casesOf("i_"))("%s, %s, is read or refused", async (name, how) => {
    const { status } = await post(read(name), how === "in chunks");
    expect(status).toBeOneOf([201, 400]);
  });

  test("have made the one task, and none of them broke anything", async () => {
    const { body } = await api.ask("GET", "/api/tasks");
    expect(body.map(({ title }: { title: string }) => title)).toEqual(["Полтора Землекопа", "Полтора Землекопа"]);
    expect(api.lines.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

/** All that a problem says of what is wrong, for people. */
function wrongsOf({ detail = "", errors = [] }: { detail?: string; errors?: { message: string }[] }): string {
  return [detail, ...errors.map(({ message }) => message)].join("\n");
}

describe("the big list of naughty strings", () => {
  const api = openApi();
  const naughty = NAUGHTY.map((text) => [text]);
  const accepted = { title: 0, description: 0, project: 0, tags: 0 };

  /** Makes a task and reads it again, or sees it refused by the member's name. */
  async function keep(member: keyof typeof accepted, value: unknown, kept: unknown): Promise<void> {
    const { status, body } = await api.ask("POST", "/api/tasks", { json: { title: "Pay rent", [member]: value } });
    if (status !== 201) {
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([member]);
      return;
    }
    accepted[member] += 1;
    const rest = { title: "Pay rent", description: null, project: null, tags: [], due_date: null, priority: null };
    expect(body).toMatchObject({ ...rest, [member]: kept });
    expect((await api.ask("GET", `/api/tasks/${body.id}`)).body).toEqual(body);
  }

  test.each(naughty)("comes back exactly from each member or is refused by its name: %j", async (text) => {
    const clean = text.normalize("NFC");
    await keep("title", text, clean);
    await keep("description", text, clean);
    await keep("project", text, clean);
    await keep("tags", [text], [clean]);
  });

  test("is accepted but for what nobody could see, long project names, and tags that are not one word", () => {
    expect(NAUGHTY).toHaveLength(515);
    expect(accepted).toEqual({ title: 508, description: 515, project: 495, tags: 166 });
  });

  test.each(naughty)("is a search for just that text: %j", async (text) => {
    const { status, body } = await api.ask("GET", `/api/tasks?q=${encodeURIComponent(text)}&limit=200`);
    expect(status).toBe(200);
    const needle = foldText(text);
    for (const { title, description } of body) {
      expect(foldText(`${title}\n${description ?? ""}`)).toContain(needle);
    }
    expect(body).not.toBeEmpty();
  });

  // A path of dots or of nothing is another one before it is sent.
  test.each(naughty.filter(([text = ""]) => !/^\.{0,2}$/.test(text)))("names no task in a path: %j", async (text) => {
    // Somebody without tasks, or a short one could be the beginning of a handle.
    const { status, body } = await api.ask("GET", `/api/tasks/${encodeURIComponent(text)}`, { as: "ben" });
    expect([
      [400, "invalid_input"],
      [404, "not_found"],
    ]).toContainEqual([status, body.code]);
    if (status === 400) expect(body.errors).toEqual([{ path: "id", message: "it is neither a UUID nor a handle" }]);
  });

  test("broke nothing", () => {
    expect(api.lines.filter(({ error, status }) => error !== undefined || status >= 500)).toEqual([]);
  });
});
