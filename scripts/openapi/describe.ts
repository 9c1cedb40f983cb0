import { z } from "zod";
import type {
  ZodOpenApiObject,
  ZodOpenApiOperationObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from "zod-openapi";
import { wireProblem } from "../../src/contract/replies.ts";
import { type ResponseSpec, type Endpoint, noBody } from "../../src/server/endpoint.ts";
import { ENDPOINTS } from "../../src/server/endpoints.ts";
import { listProblems, type Route } from "./problems.ts";

const INTRODUCTION = `Tasks of many users.

**Start here.** Each request needs a token: \`Authorization: Bearer …\`. To get one, run \`POST /api/auth/register\` below, or
\`POST /api/auth/login\` with an account that you have: the answer's \`access_token\` is good for some minutes. A program gets one
for months from \`POST /api/auth/tokens\`. On the machine of the server, \`todo auth token --local\` prints one for its owner. If your server trusts an
auth server of yours, such as Better Auth, its tokens work as well. On [the page to try the API](docs), paste the token under *Authorize*.
Then make a task with \`POST /api/tasks\` and list it with \`GET /api/tasks\`. To read everything at a stretch, see [the reference](redoc).

Errors are \`application/problem+json\` (RFC 9457). Every reply has an \`X-Request-Id\`, which names it in the server's log.
Headers of 16 KB or more are answered 431 without a body, before any route.

\`GET /api/sync/events\` tells of changes. \`EventSource\` can't send a token, \`fetch\` can:`;

const id = z.string().meta({
  description: "The task's UUID, or the beginning of its handle (3 letters or more): what POST and the list answer",
});

const noteId = z.guid().meta({ description: "The UUID of the note, as the task has it" });
const filterName = z.string().meta({ description: "The name of the filter, in any case" });
const uuid = z.guid().meta({ description: "The UUID that the list shows" });

const HEADERS = {
  ETag: z.string().meta({ description: "Names this version, for If-Match and If-None-Match" }),
  Link: z.string().optional().meta({ description: 'The next page: `<…>; rel="next"`. Absent on the last one' }),
  Location: z.string().meta({ description: "Where the task is" }),
  "Set-Cookie": z.string().meta({ description: "The refresh token, which the browser keeps from scripts" }),
  "Todo-Occurrence": z
    .string()
    .optional()
    .meta({ description: "Which occurrence of a task that repeats it was about. Absent for any other" }),
  "Todo-Protocol": z.string().meta({ description: "The version that the answer is in" }),
} as const;

/**
 * The whole API as OpenAPI 3.1, with zod's shapes in the places of schemas. `example` is how a page follows changes, in
 * Markdown.
 */
export function describeApi(version: string, example: string): ZodOpenApiObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of ENDPOINTS) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: describeOperation(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "todo",
      version,
      description: `${INTRODUCTION}\n\n${example}`,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }],
    tags: [
      { name: "tasks", description: "What there is to do" },
      { name: "filters", description: "Filters that you saved" },
      { name: "account", description: "Who you are, and all that you have" },
      { name: "sync", description: "How devices agree" },
      { name: "auth", description: "Accounts of this server, their devices and tokens" },
      { name: "page", description: "How the page in browsers signs in. Only a page of this server can ask" },
      { name: "service", description: "The server itself" },
    ],
    paths: {
      ...paths,
      "/openapi.json": {
        get: { operationId: "getDocument", ...describePage("Read this document", "application/json") },
      },
      "/docs": { get: { operationId: "getSwaggerUi", ...describePage("Try the API in Swagger UI", "text/html") } },
      "/redoc": { get: { operationId: "getRedoc", ...describePage("Read the API in ReDoc", "text/html") } },
    },
    components: {
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "`POST /api/auth/login` answers one, or your auth server. `todo auth token --local` prints one for the owner of the database. If it has " +
            "scopes, reads need `tasks:read` and writes `tasks:write`. `token_expired` says that it is time for another.",
        },
      },
    },
  };
}

function describeOperation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { operation, summary, description, access, query, body, path } = endpoint;
  return {
    operationId: operation,
    tags: [readTag(path)],
    summary,
    ...(description !== undefined && { description }),
    ...(access === "public" && { security: [] }),
    requestParams: {
      ...(path.includes("{name}") && { path: z.object({ name: filterName }) }),
      ...(path.includes("{id}") && {
        path: z.object({
          id: path.startsWith("/api/tasks/") ? id : uuid,
          ...(path.includes("{note}") && { note: noteId }),
        }),
      }),
      ...(query instanceof z.ZodObject && Object.keys(query.shape).length > 0 && { query }),
      ...(endpoint.conditional && {
        header: z.object({ [endpoint.conditional]: describeCondition(endpoint.conditional) }),
      }),
    },
    ...(body instanceof z.ZodUndefined ? {} : { requestBody: describeBody(endpoint) }),
    responses: describeResponses(endpoint),
  };
}

function describeResponses(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const answers = Object.entries(endpoint.responses).map(
    ([status, answer]) => [status, describeAnswer(answer)] as const,
  );
  const problems = describeProblems(endpoint);
  // What has the status of a problem, and is none, has another type than that.
  const both = answers.map(([status, { content, ...answer }]) => {
    const contents = { ...content, ...problems[status]?.content };
    return [status, { ...answer, ...(Object.keys(contents).length > 0 && { content: contents }) }] as const;
  });
  return { ...problems, ...Object.fromEntries(both) };
}

function describeProblems(route: Route): Record<string, ZodOpenApiResponseObject> {
  const content = { "application/problem+json": { schema: wireProblem } };
  return Object.fromEntries(
    listProblems(route).map(({ status, description, headers }) => [
      status,
      { description, content, ...(headers && { headers }) },
    ]),
  );
}

/** A page of the documentation, which is a file and no route of the API. */
function describePage(summary: string, type: string): ZodOpenApiOperationObject {
  const answers = {
    "200": { description: "The page", content: { [type]: {} }, headers: z.object({ ETag: HEADERS.ETag }) },
    "304": { description: "The page is still what If-None-Match says", headers: z.object({ ETag: HEADERS.ETag }) },
  };
  const problems = describeProblems({ access: "public", path: "", body: noBody });
  return { tags: ["service"], summary, security: [], responses: { ...answers, ...problems } };
}

function readTag(path: string): string {
  if (path.startsWith("/api/tasks")) return "tasks";
  if (path.startsWith("/api/filters")) return "filters";
  if (path.startsWith("/api/auth/")) return "auth";
  if (path.startsWith("/api/sync")) return "sync";
  if (path.startsWith("/api/web/")) return "page";
  return path.startsWith("/api/") ? "account" : "service";
}

function describeCondition(header: "If-Match" | "If-None-Match") {
  const description =
    header === "If-Match"
      ? "Do it only while the task is this version, else 412"
      : "Answer 304 while the task is this version";
  return z
    .string()
    .optional()
    .meta({ description: `${description}. Its value is the ETag of an answer, with the quotes` });
}

function describeBody({ body, form = false }: Endpoint) {
  const required = !(body instanceof z.ZodOptional);
  const schema = body instanceof z.ZodOptional ? body.unwrap() : body;
  const [example] = z.globalRegistry.get(schema)?.examples ?? [];
  const content = { schema, ...(example !== undefined && { example }) };
  return {
    required,
    content: { "application/json": content, ...(form && { "application/x-www-form-urlencoded": content }) },
  };
}

function describeAnswer({ description, schema, type, headers = [] }: ResponseSpec): ZodOpenApiResponseObject {
  return {
    description,
    ...(headers.length > 0 && { headers: z.object(Object.fromEntries(headers.map((name) => [name, HEADERS[name]]))) }),
    ...(schema && { content: { [type ?? "application/json"]: { schema } } }),
  };
}
