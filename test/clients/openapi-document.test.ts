import { afterAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import text from "../../openapi.json";
import { noBody } from "../../src/server/endpoint.ts";
import { ENDPOINTS } from "../../src/server/endpoints.ts";
import { STATUSES } from "../../src/server/http/statuses.ts";
import { useScratch } from "../support/disks/scratch.ts";

const REDOCLY = resolve(import.meta.dir, "../../node_modules/@redocly/cli/bin/cli.js");

const scratch = useScratch();

/** A proxy that lets nothing through. What goes out of the linter goes to it. */
let outgoing = 0;
const proxy = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: () => {
    outgoing += 1;
    return new Response(null, { status: 502 });
  },
});
afterAll(() => proxy.stop(true));

const schema = z.object({ $ref: z.string() }).or(z.looseObject({ type: z.string() }));
const response = z.object({
  description: z.string().min(1),
  headers: z.record(z.string(), z.object({ description: z.string().min(1), schema })).default({}),
  content: z.record(z.string(), z.object({ schema: schema.optional() })).default({}),
});
const operation = z.object({
  operationId: z.string().min(1),
  summary: z.string().min(1),
  tags: z.array(z.string()).length(1),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.object({ in: z.string(), name: z.string(), schema: z.unknown() })).default([]),
  requestBody: z
    .object({
      required: z.boolean(),
      content: z.strictObject({
        "application/json": z.object({ schema, example: z.unknown() }),
        "application/x-www-form-urlencoded": z.object({ schema }).optional(),
      }),
    })
    .optional(),
  responses: z.record(z.string(), response),
});
const document = z
  .object({
    openapi: z.literal("3.1.0"),
    paths: z.record(z.string(), z.record(z.string(), operation)),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  })
  .parse(text);

const OPERATIONS = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ name: `${method} ${path}`, path, method, ...described })),
);
/** By which strangers come in. */
const OPEN = new Set([
  ...["register", "login", "refresh", "logout", "device", "device/token"].map((way) => `post /api/auth/${way}`),
  ...["register", "login", "refresh", "logout", "code"].map((way) => `post /api/web/${way}`),
]);
/** Where what strangers come in with can be wrong, and a code that people typed. */
const CREDENTIALS = new Set([
  ...["login", "refresh"].map((way) => `post /api/auth/${way}`),
  ...["login", "refresh", "code"].map((way) => `post /api/web/${way}`),
]);
/** What there is not yet is created. */
const CREATES_BY_NAME = "put /api/filters/{name}";

const CODES = new Set(["get /api/auth/device", "post /api/auth/device/decision"]);
const ROUTES = OPERATIONS.filter(({ path }) => ENDPOINTS.some((endpoint) => endpoint.path === path));

/** Lints a document with all of Redocly's recommended rules, warnings as errors. No setting of the user's or of the project's counts. */
async function lint(description: unknown) {
  const [file, config] = [scratch(`${crypto.randomUUID()}.json`), scratch("redocly.yaml")];
  writeFileSync(file, JSON.stringify(description));
  writeFileSync(config, "extends: [recommended-strict]\n");
  const child = Bun.spawn([process.execPath, REDOCLY, "lint", file, "--config", config, "--format", "json"], {
    cwd: scratch(),
    env: {
      PATH: process.env["PATH"],
      HOME: scratch(),
      // It keeps what it compiled for the next time.
      TMPDIR: scratch(),
      BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
      HTTP_PROXY: proxy.url.href,
      HTTPS_PROXY: proxy.url.href,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, exitCode] = await Promise.all([child.stdout.text(), child.exited]);
  const { problems }: { problems: { ruleId: string; message: string }[] } = JSON.parse(out);
  return { exitCode, problems: problems.map(({ ruleId, message }) => `${ruleId}: ${message}`) };
}

describe("Redocly's linter", () => {
  test("finds nothing wrong, not even a warning, and asks no other host", async () => {
    expect(await lint(text)).toEqual({ exitCode: 0, problems: [] });
    expect(outgoing).toBe(0);
  });

  test("would find what is not OpenAPI 3.1, what leads nowhere, and what is not described", async () => {
    const { "/health": health, ...paths } = text.paths;
    const broken = {
      ...text,
      info: { ...text.info, licence: "MIT" },
      paths: { ...paths, "/health": { get: { ...health.get, summary: undefined, responses: { "200": {} } } } },
      components: { ...text.components, schemas: { ...text.components.schemas, Task: { $ref: "#/nowhere" } } },
    };
    const { exitCode, problems } = await lint(broken);
    expect(exitCode).toBe(1);
    expect(problems).toContain("struct: Property `licence` is not expected here.");
    expect(problems).toContain("struct: The field `description` must be present on this level.");
    expect(problems).toContain("operation-summary: Operation object should contain `summary` field.");
    expect(problems.join("\n")).toMatch(/no-unresolved-refs: Can't resolve \$ref/);
  });
});

describe("The document", () => {
  test("describes each route of the server, and the pages that are beside them", () => {
    const served = ENDPOINTS.map(({ method, path }) => `${method} ${path}`);
    const pages = ["get /docs", "get /openapi.json", "get /redoc"];
    expect(OPERATIONS.map(({ name }) => name).toSorted()).toEqual([...served, ...pages].toSorted());
  });

  test("describes each status that the server can answer, but for 405, which no operation has", () => {
    const statuses = new Set<number>([
      ...Object.values(STATUSES),
      ...ENDPOINTS.flatMap((route) => Object.keys(route.responses).map(Number)),
    ]);
    statuses.delete(405);
    const described = new Set(OPERATIONS.flatMap(({ responses }) => Object.keys(responses).map(Number)));
    expect([...described].toSorted(byNumber)).toEqual([...statuses].toSorted(byNumber));
  });

  test.each(ROUTES)("says of $name what comes back", ({ name, responses }) => {
    for (const [status, { content }] of Object.entries(responses)) {
      if (name === "post /api/auth/device/token" && status === "400") {
        expect(content).toEqual({
          "application/json": { schema: { $ref: "#/components/schemas/DeviceRefusal" } },
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        });
      } else if (Number(status) >= 400) {
        expect(content).toEqual({ "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } });
      } else if (["204", "304"].includes(status)) {
        expect(content).toEqual({});
      } else {
        const type = name === "get /api/sync/events" ? "text/event-stream" : "application/json";
        expect(Object.keys(content)).toEqual([type]);
        expect(content[type]?.schema).toBeDefined();
      }
    }
  });

  test.each(OPERATIONS)("says of $name with which headers errors come", ({ responses }) => {
    const headersOf = (status: string) => Object.keys(responses[status]?.headers ?? {});
    if (responses["401"]) expect(headersOf("401")).toEqual(["WWW-Authenticate"]);
    expect(headersOf("403")).toEqual([]);
    if (responses["426"]) expect(headersOf("426")).toEqual(["Upgrade"]);
    for (const status of ["429", "503"]) expect(headersOf(status)).toEqual(["Retry-After"]);
  });

  test.each(OPERATIONS)("says of $name whether it takes a token, a body and the path's parameter", (described) => {
    const { name, path, method, security, requestBody, parameters, responses } = described;
    const isPublic = !path.startsWith("/api/") || OPEN.has(name);
    // Any token may ask whose it is.
    const needsScope = !isPublic && (method !== "get" || path !== "/api/me");
    const statuses = Object.keys(responses);
    expect(security).toEqual(isPublic ? [] : undefined);
    expect(statuses.includes("401")).toBe(!isPublic || CREDENTIALS.has(name));
    // Those of the page are for this server's own page alone.
    const isOfPage = path.startsWith("/api/web/");
    expect(statuses.includes("403")).toBe(needsScope || path.startsWith("/api/auth/") || isOfPage);
    expect(statuses.includes("415")).toBe(requestBody !== undefined);
    const hasParameter = path.includes("{");
    // A server may have no page.
    const mayLackPage = (isOfPage && isPublic) || path === "/app/config.json";
    expect(statuses.includes("404")).toBe((hasParameter && name !== CREATES_BY_NAME) || CODES.has(name) || mayLackPage);
    expect(statuses.includes("412")).toBe(parameters.some((parameter) => parameter.name === "If-Match"));
    expect(parameters.some((parameter) => parameter.in === "path")).toBe(hasParameter);
  });

  test("says that devices may send forms, and nobody else", () => {
    const forms = OPERATIONS.filter(({ requestBody }) => requestBody?.content["application/x-www-form-urlencoded"]);
    expect(forms.map(({ name }) => name)).toEqual(["post /api/auth/device", "post /api/auth/device/token"]);
  });

  test("has no schema that says nothing", () => {
    expect(findEmpty(text)).toEqual([]);
  });
});

function byNumber(one: number, other: number): number {
  return one - other;
}

/** The paths of all `{}` that stand where a schema does. */
function findEmpty(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const members = Object.entries(value);
  if (members.length === 0 && /\/(?:schema|items|\w+Of\/\d+|properties\/\w+)$/.test(path)) return [path];
  return members.flatMap(([name, member]) => findEmpty(member, `${path}/${name}`));
}

test.each(ENDPOINTS.filter(({ body }) => body !== noBody))(
  "$method $path has an example of its body that is accepted, and names no id",
  ({ method, path, body }) => {
    const { requestBody } = OPERATIONS.find((each) => each.path === path && each.method === method) ?? {};
    const example = requestBody?.content["application/json"].example;
    expect(body.safeParse(example)).toMatchObject({ success: true });
    expect(example).not.toHaveProperty("id");
  },
);
