import { describe, expect, test } from "bun:test";
import { type Api, type Ask, useApis } from "../../support/server/api.ts";

const openApi = useApis();

const LIMIT = 65_536;

function post(api: Api, ask: Ask) {
  return api.ask("POST", "/api/tasks", ask);
}

/** A body of this many bytes that would make a task. */
function bodyOf(bytes: number): string {
  return '{"title":"x"}'.padEnd(bytes, " ");
}

/** Bytes that come in pieces, without their number before them. It counts the pieces that were asked for. */
function createStream(text: string, pieceSize: number) {
  const bytes = Buffer.from(text);
  const seen = { pieces: 0, cancelled: false };
  const stream = new ReadableStream(
    {
      pull: (controller) => {
        const start = seen.pieces * pieceSize;
        seen.pieces += 1;
        if (start >= bytes.length) controller.close();
        else controller.enqueue(new Uint8Array(bytes.subarray(start, start + pieceSize)));
      },
      cancel: () => {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, seen };
}

describe("the size of a body", () => {
  test.each(["POST /api/tasks", "PUT /api/tasks/x", "PATCH /api/tasks/x", "PATCH /api/tasks/x/complete"])(
    "can be 64 KB and not a byte more in %s, by Content-Length and by what comes",
    async (route) => {
      const api = openApi();
      const { id } = await api.add();
      const [method = "", path = ""] = route.replace("/x", `/${id}`).split(" ");
      const text = (bytes: number) => (path.endsWith("/complete") ? "{}" : '{"title":"x"}').padEnd(bytes, " ");
      for (const [bytes, fits] of [
        [LIMIT, true],
        [LIMIT + 1, false],
      ] as const) {
        const known = await api.ask(method, path, { text: text(bytes), headers: { "content-length": String(bytes) } });
        const counted = await api.ask(method, path, { text: createStream(text(bytes), 4096).stream });
        expect([known.status < 300, counted.status < 300]).toEqual([fits, fits]);
        if (!fits) expect([known.status, counted.status]).toEqual([413, 413]);
      }
    },
  );

  test("is counted in bytes, not in characters", async () => {
    const text = `{"title":"x","description":"${"€".repeat(21_840)}"}`;
    expect(text.length).toBeLessThan(LIMIT);
    expect((await post(openApi(), { text: createStream(text, 4096).stream })).status).toBe(413);
  });

  test("has room for a task with every field at its limit", async () => {
    const json = {
      id: "0f8fad5b-d9cb-469f-a165-70867728950e",
      title: "🏠".repeat(500),
      description: "🏠".repeat(10_000),
      due_date: "2026-12-01T15:00:00.000000000+02:00",
      priority: "medium",
      project: "🏠".repeat(100),
      tags: Array.from({ length: 50 }, (_, at) => `${at}`.padEnd(2, "x") + "🏠".repeat(62)),
    };
    const { status, body } = await post(openApi(), { json });
    expect([status, body.tags.length]).toEqual([201, 50]);
  });

  test("is refused before anything of it is read where Content-Length says it", async () => {
    const { stream, seen } = createStream(bodyOf(LIMIT + 1), 4096);
    const headers = { "content-length": String(LIMIT + 1) };
    expect((await post(openApi(), { text: stream, headers })).status).toBe(413);
    expect(seen.pieces).toBe(0);
  });

  test("is refused without reading to the end where nothing says it", async () => {
    const { stream, seen } = createStream("x".repeat(100 * LIMIT), 8192);
    expect((await post(openApi(), { text: stream })).status).toBe(413);
    expect(seen.pieces).toBeLessThan(12);
    expect(seen.cancelled).toBe(true);
  });

  test("is refused on routes that take no body and on public ones too", async () => {
    const api = openApi();
    const { id } = await api.add();
    const headers = { "content-length": "1000000" };
    for (const route of [
      `DELETE /api/tasks/${id}`,
      `POST /api/tasks/${id}/restore`,
      "GET /api/tasks",
      "GET /api/me",
      "GET /health",
    ]) {
      const [method = "", path = ""] = route.split(" ");
      expect((await api.ask(method, path, { headers })).status).toBe(413);
    }
    expect((await api.ask("GET", `/api/tasks/${id}`)).status).toBe(200);
  });

  test("is refused with the end of the connection, because the rest of it is not read", async () => {
    const { headers, body } = await post(openApi(), { text: createStream(bodyOf(LIMIT + 1), 4096).stream });
    expect(headers.get("connection")).toBe("close");
    expect(body.code).toBe("too_large");
  });

  test("is not looked at for who has no token", async () => {
    const { stream, seen } = createStream(bodyOf(LIMIT + 1), 4096);
    expect((await post(openApi(), { as: null, text: stream })).status).toBe(401);
    expect(seen.pieces).toBe(0);
  });
});

describe("the bytes of a body", () => {
  const system = (...bytes: number[]) =>
    new Uint8Array([...Buffer.from('{"title":"a'), ...bytes, ...Buffer.from('"}')]);

  test.each([
    ["a byte of Latin-1", [0xe9]],
    ["a byte that UTF-8 never has", [0xff]],
    ["a continuation byte alone", [0x80]],
    ["a character that is cut off", [0xe2, 0x82]],
    ["a character written too long", [0xc0, 0xaf]],
    ["half of a surrogate pair", [0xed, 0xa0, 0x80]],
    ["what is beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
  ])("with %s are refused instead of repaired", async (_, bytes) => {
    const api = openApi();
    const { status, body } = await post(api, { text: system(...bytes) });
    expect([status, body.code]).toEqual([400, "invalid_input"]);
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
  });

  test("in UTF-16 are refused, with and without its mark", async () => {
    const utf16 = Buffer.from('{"title":"x"}', "utf16le");
    for (const bytes of [utf16, Buffer.concat([new Uint8Array([0xff, 0xfe]), utf16])]) {
      expect((await post(openApi(), { text: new Uint8Array(bytes) })).status).toBe(400);
    }
  });

  test("may begin with one byte order mark, which is no part of the text", async () => {
    const { status, body } = await post(openApi(), { text: new Uint8Array(Buffer.from('\ufeff{"title":"x"}')) });
    expect([status, body.title]).toEqual([201, "x"]);
    expect((await post(openApi(), { text: '\ufeff\ufeff{"title":"x"}' })).status).toBe(400);
  });

  test("that come in pieces are put together before they are read", async () => {
    const title = "Zażółć 🦊 日本";
    const { body } = await post(openApi(), { text: createStream(JSON.stringify({ title }), 1).stream });
    expect(body.title).toBe(title);
  });

  test("may be any letters as escapes", async () => {
    const { body } = await post(openApi(), { text: '{"\\u0074itle":"\\ud83e\\udd8a\\u00e9"}' });
    expect(body.title).toBe("🦊é");
  });
});

describe("the JSON of a body", () => {
  test.each([
    "{",
    '{"title":"x"',
    '{"title":"x"}}',
    '{"title":"x",}',
    "{'title':'x'}",
    "{title:1}",
    '{"title":"a\nb"}',
    '{"title":"\\x41"}',
    '{"title":"\\ud8"}',
    '{"title":01}',
    '{"title":+1}',
    '{"title":.5}',
    '{"title":NaN}',
    '{"title":undefined}',
    '{"title":"x"} // done',
    '/**/{"title":"x"}',
    '{"title":"x"}\0',
    "title=x",
    "<task/>",
    " ",
    "\u00a0{}",
  ])("is refused when it is %j", async (text) => {
    const api = openApi();
    const { status, body } = await post(api, { text });
    expect([status, body.code, body.errors[0].path]).toEqual([400, "invalid_input", ""]);
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
  });

  test("may have white space around it", async () => {
    expect((await post(openApi(), { text: '\r\n\t {"title" : "x"} \n' })).status).toBe(201);
  });

  const arrays = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const objects = (depth: number) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth);

  test.each([
    ["arrays", arrays],
    ["objects", objects],
  ])("may have 32 levels of %s and not one more", async (_, write) => {
    const deep = await post(openApi(), { text: write(32) });
    const deeper = await post(openApi(), { text: write(33) });
    expect([deep.status, deeper.status]).toEqual([400, 400]);
    expect(deep.body.detail).not.toMatch(/deep|nest/);
    expect(deeper.body.detail).toMatch(/deep|nest/);
  });

  test("is as deep as its deepest part", async () => {
    const { status, body } = await post(openApi(), {
      text: `{"title":"x","tags":["a"],"more":[1,{"x":${arrays(31)}}]}`,
    });
    expect(status).toBe(400);
    expect(body.detail).toMatch(/deep|nest/);
  });

  test.each([
    ["arrays", arrays(32_000)],
    ["objects", objects(10_000)],
    ["arrays that don't end", "[".repeat(65_000)],
    ["objects that don't end", '{"a":'.repeat(13_000)],
  ])("does not break the server with tens of thousands of %s in each other", async (_, text) => {
    const api = openApi();
    expect((await post(api, { text })).status).toBe(400);
    expect((await api.ask("GET", "/api/tasks")).status).toBe(200);
  });
});

describe("the Content-Type of a body", () => {
  const send = async (type: string | undefined, method = "POST") => {
    const text = new Uint8Array(Buffer.from('{"title":"x"}'));
    const api = openApi();
    const headers = {
      authorization: `Bearer ${await api.tokenOf("ann")}`,
      ...(type !== undefined && { "content-type": type }),
    };
    const path = method === "POST" ? "/api/tasks" : `/api/tasks/${(await api.add()).id}`;
    const request = new Request(`http://localhost${path}`, { method, headers, body: text });
    expect(request.headers.get("content-type")).toBe(type ?? null);
    return (await api.app.fetch(request)).status;
  };

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'application/json; charset="utf-8"',
    "Application/JSON ; Charset=utf-8",
    "application/json; odata.metadata=minimal",
    'application/json; profile="https://example.com/task"; charset=utf-8',
    "application/json;",
  ])("can be %s", async (type) => expect(await send(type)).toBe(201));

  test.each(["application/merge-patch+json", "Application/Merge-Patch+JSON; charset=utf-8"])(
    "can be %s for PATCH, which has that meaning, and for nothing else",
    async (type) => {
      const statuses = [await send(type, "PATCH"), await send(type, "PUT"), await send(type, "POST")];
      expect(statuses).toEqual([200, 415, 415]);
    },
  );

  test("is named where PATCH refuses one, and where there is PATCH and another method was used", async () => {
    const api = openApi();
    const path = `/api/tasks/${(await api.add()).id}`;
    const headers = { "content-type": "application/json-patch+json" };
    const [patch, put] = [
      await api.ask("PATCH", path, { text: "[]", headers }),
      await api.ask("PUT", path, { text: "[]", headers }),
    ];
    const types = "application/merge-patch+json, application/json";
    expect([patch.status, patch.headers.get("accept-patch")]).toEqual([415, types]);
    expect([put.status, put.headers.get("accept-patch")]).toEqual([415, null]);
    for (const [method, where, named] of [
      ["OPTIONS", path, types],
      ["POST", path, types],
      ["PUT", "/api/me", null],
    ] as const) {
      const { status, headers: told } = await api.ask(method, where);
      expect([status, told.get("accept-patch")]).toEqual([405, named]);
    }
  });

  test.each([
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/vnd.api+json",
    "application/problem+json",
    "text/json",
    "application/json, text/plain",
    "application/json; charset=latin1",
    "application/json; charset=utf-16",
    "application/json; odata=verbose; charset=latin1",
    "application/json; charset=utf-8; charset=latin1",
    'application/json; charset="utf-8',
    "*/*",
    "json",
    " ",
  ])("is 415 when it is %j", async (type) => expect(await send(type.trim() === "" ? undefined : type)).toBe(415));

  test("is 415 when there is none", async () => expect(await send(undefined)).toBe(415));

  test("is 415 in each route that takes a body, and nothing is changed", async () => {
    const api = openApi();
    const task = await api.add();
    const headers = { "content-type": "text/plain" };
    for (const [method, path] of [
      ["POST", "/api/tasks"],
      ["PUT", `/api/tasks/${task.id}`],
      ["PATCH", `/api/tasks/${task.id}`],
      ["PATCH", `/api/tasks/${task.id}/complete`],
    ] as const) {
      const { status, body } = await api.ask(method, path, { text: '{"completed":true}', headers });
      expect([status, body.code]).toEqual([415, "unsupported_media_type"]);
    }
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([task]);
  });

  test("is not asked for where there is no body", async () => {
    const api = openApi();
    const { id } = await api.add();
    const headers = { "content-type": "text/plain" };
    expect((await api.ask("PATCH", `/api/tasks/${id}/complete`, { headers })).status).toBe(200);
    expect((await api.ask("PATCH", `/api/tasks/${id}/complete`)).status).toBe(200);
    expect((await api.ask("DELETE", `/api/tasks/${id}`, { headers })).status).toBe(204);
  });
});
