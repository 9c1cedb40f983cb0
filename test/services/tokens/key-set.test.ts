import { afterEach, describe, expect, test } from "bun:test";
import { loadKeySet } from "../../../src/services/tokens/load-key-set.ts";
import type { TokenSettings } from "../../../src/services/tokens/settings.ts";
import { refusalOf } from "../../support/errors.ts";
import {
  ALL_KEYS,
  CLAIMS,
  createCheck,
  createClock,
  ed,
  es,
  hmac,
  type KeyPair,
  makeKey,
  OLD_SECRET,
  rs,
  SECONDS,
  serveKeys,
  sign,
  signed,
} from "./issuer.ts";

const issuers: ReturnType<typeof serveKeys>[] = [];
afterEach(async () => {
  await Promise.all(issuers.splice(0).map((issuer) => issuer.stop()));
});

/** A server of tasks and the issuer that it gets its keys from. */
function concurrentStores(settings: Partial<TokenSettings> = {}) {
  const issuer = serveKeys();
  issuers.push(issuer);
  const clock = createClock();
  return { issuer, ...clock, ...createCheck({ keySetUrl: issuer.url, maxLifetimeS: YEAR_S, ...settings }, clock.now) };
}

const DAY_S = 24 * 60 * 60;
const YEAR_S = 365 * DAY_S;
let count = 0;
/** A token that nobody has seen yet, so that nothing remembers it. */
const fresh = (key: KeyPair, header: object = {}) =>
  sign(key, { ...CLAIMS, jti: String((count += 1)), exp: SECONDS + YEAR_S }, header);
const ADA = { user: "ada" };
const UNAUTHORIZED = { code: "unauthorized", message: "the token is not valid" };
const away = (retryAfter: number) => ({
  code: "unavailable",
  message: "the keys that tokens are checked with can't be fetched now",
  retryAfter,
});
const broken = () => new Response("broken", { status: 500 });
const next = await makeKey("EdDSA", "ed-2");
const stranger = await makeKey("EdDSA", "nobody");

describe("the key set", () => {
  test("is not fetched before a token needs it", async () => {
    const { issuer, check } = concurrentStores();
    await check(signed(CLAIMS));
    await refusalOf(check(signed(CLAIMS, { alg: "none" })));
    await refusalOf(check(signed(CLAIMS, { alg: "HS256" }, OLD_SECRET)));
    await refusalOf(check("nonsense"));
    expect(issuer.requests).toBe(0);
  });

  test("is fetched once for all tokens and algorithms", async () => {
    const { issuer, check } = concurrentStores();
    for (const key of [...ALL_KEYS, ...ALL_KEYS]) expect(await check(await fresh(key))).toMatchObject(ADA);
    expect(issuer.requests).toBe(1);
  });

  test("is fetched once when many ask at the same time", async () => {
    const { issuer, check } = concurrentStores();
    issuer.answer = async () => {
      await Bun.sleep(20);
      return Response.json({ keys: [ed.jwk] });
    };
    const tokens = await Promise.all(Array.from({ length: 20 }, () => fresh(ed)));
    expect(await Promise.all(tokens.map(check))).toHaveLength(20);
    expect(issuer.requests).toBe(1);
  });

  test("is fetched again behind a token's back when it is ten minutes old", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    pass(599);
    await check(await fresh(ed));
    await Bun.sleep(5);
    expect(issuer.requests).toBe(1);
    pass(1);
    let release = () => {};
    issuer.answer = () => new Promise((resolve) => (release = () => resolve(Response.json({ keys: [ed.jwk] }))));
    // Nobody answers yet, and the token is accepted all the same.
    for (const _ of [1, 2, 3]) expect(await check(await fresh(ed))).toMatchObject(ADA);
    await until(() => issuer.requests === 2);
    release();
  });

  test("is also fetched again when all tokens are remembered ones", async () => {
    const { issuer, authenticate, check, pass } = concurrentStores();
    const token = await fresh(ed);
    await check(token);
    pass(600);
    expect(authenticate(`Bearer ${token}`)).toMatchObject(ADA);
    await until(() => issuer.requests === 2);
  });
});

describe("when the issuer is away", () => {
  test("the last good keys stay", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    await issuer.stop();
    for (const seconds of [600, 31, DAY_S - 632]) {
      pass(seconds);
      expect(await check(await fresh(ed))).toMatchObject(ADA);
      await Bun.sleep(5);
    }
  });

  test("the last good keys stay for a day, and then nobody knows whose tokens are good", async () => {
    const { issuer, check, authenticate, pass } = concurrentStores();
    const token = await fresh(ed);
    await check(token);
    issuer.answer = broken;
    pass(DAY_S - 1);
    expect(await check(token)).toMatchObject(ADA);
    pass(1);
    for (const each of [token, await fresh(ed)]) {
      expect(await refusalOf(check(each))).toMatchObject({ code: "unavailable" });
    }
    pass(5);
    expect(await refusalOf(check(token))).toMatchObject(away(5));
    expect(issuer.requests).toBe(3);
    issuer.publish(ed.jwk);
    pass(5);
    expect(await check(token)).toMatchObject(ADA);
    expect(authenticate(`Bearer ${token}`)).toMatchObject(ADA);
  });

  test("nobody is refused whose server slept for a day: the keys are asked for first", async () => {
    const { issuer, check, pass } = concurrentStores();
    const token = await fresh(ed);
    await check(token);
    pass(3 * DAY_S);
    expect(await Promise.all([check(token), check(await fresh(ed))])).toMatchObject([ADA, ADA]);
    expect(issuer.requests).toBe(2);
    issuer.publish(next.jwk);
    pass(3 * DAY_S);
    expect(await refusalOf(check(token))).toMatchObject(UNAUTHORIZED);
  });

  test.each([
    ["with an error", broken],
    ["with a page", () => new Response("<html></html>")],
    ["with another object", () => Response.json({ error: "no" })],
    ["with keys that are no list", () => Response.json({ keys: { ed: ed.jwk } })],
    ["with a list", () => Response.json([ed.jwk])],
    ["with null", () => Response.json(null)],
    ["with nothing", () => new Response("")],
    ["with two lists of keys", () => new Response(`{"keys":[${JSON.stringify(ed.jwk)}],"keys":[]}`)],
    ["with a status that means no", () => Response.json({ keys: [next.jwk] }, { status: 404 })],
  ])("as well when it answers %s", async (_, answer) => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    issuer.answer = answer;
    pass(600);
    await check(await fresh(ed));
    await until(() => issuer.requests === 2);
    await Bun.sleep(5);
    expect(await check(await fresh(ed))).toMatchObject(ADA);
  });

  test("and never was there, nobody is refused: it is tried every 5 seconds and told when to come back", async () => {
    const { issuer, check, pass } = concurrentStores();
    issuer.answer = broken;
    expect(await refusalOf(check(await fresh(ed)))).toMatchObject(away(5));
    pass(1);
    expect(await refusalOf(check(await fresh(ed)))).toMatchObject(away(4));
    pass(3.5);
    expect(await refusalOf(check(await fresh(ed)))).toMatchObject(away(1));
    expect(issuer.requests).toBe(1);
    issuer.publish(ed.jwk);
    expect(await refusalOf(check(await fresh(ed)))).toMatchObject(away(1));
    pass(0.5);
    expect(await check(await fresh(ed))).toMatchObject(ADA);
    expect(issuer.requests).toBe(2);
  });

  test("and nothing listens there, it is the same", async () => {
    const { issuer, check } = concurrentStores();
    await issuer.stop();
    expect(await refusalOf(check(await fresh(ed)))).toMatchObject(away(5));
  });

  test("old keys are tried to be renewed every 30 seconds, not with every token", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    issuer.answer = broken;
    pass(600);
    for (const requests of [2, 3]) {
      for (const _ of [1, 2, 3]) {
        await check(await fresh(ed));
        await until(() => issuer.requests >= requests);
        await Bun.sleep(5);
        pass(9.9);
      }
      expect(issuer.requests).toBe(requests);
      pass(0.3);
    }
  });

  test("tokens of our own are accepted all the same", async () => {
    const { issuer, check } = concurrentStores();
    await issuer.stop();
    await refusalOf(check(await fresh(ed)));
    expect(await check(signed(CLAIMS))).toMatchObject(ADA);
  });

  test("a clock that is set back does not keep it away", async () => {
    const { issuer, check, pass } = concurrentStores();
    issuer.answer = broken;
    await refusalOf(check(await fresh(ed)));
    issuer.publish(ed.jwk);
    pass(-50);
    expect(await check(await sign(ed))).toMatchObject(ADA);
  });
});

describe("a key that nobody knows", () => {
  test("is looked for once in 30 seconds, however many tokens name one", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    const ask = async () => {
      for (const kid of ["a", "b", "c"])
        expect(await refusalOf(check(await fresh(stranger, { kid })))).toMatchObject(UNAUTHORIZED);
    };
    await ask();
    pass(29);
    await ask();
    expect(issuer.requests).toBe(1);
    pass(1);
    await ask();
    expect(issuer.requests).toBe(2);
    pass(29.999);
    await ask();
    expect(issuer.requests).toBe(2);
  });

  test("is looked for once when many name one at the same time", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    pass(30);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => fresh(stranger)));
    for (const refused of await Promise.all(tokens.map((token) => refusalOf(check(token))))) {
      expect(refused).toMatchObject(UNAUTHORIZED);
    }
    expect(issuer.requests).toBe(2);
  });

  test("is not refused while the issuer is away, for it may be new", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    issuer.answer = broken;
    pass(30);
    expect(await refusalOf(check(await fresh(next)))).toMatchObject(away(30));
    pass(12);
    expect(await refusalOf(check(await fresh(next)))).toMatchObject(away(18));
    expect(await check(await fresh(ed))).toMatchObject(ADA);
    expect(issuer.requests).toBe(2);
    issuer.publish(ed.jwk, next.jwk);
    pass(18);
    expect(await check(await fresh(next))).toMatchObject(ADA);
    // And once it is back, what is not there is refused again.
    expect(await refusalOf(check(await fresh(stranger)))).toMatchObject(UNAUTHORIZED);
  });
});

describe("when the issuer changes its keys", () => {
  test("tokens of a new key are accepted at once, and those of the old one while it is there", async () => {
    const { issuer, check, pass } = concurrentStores();
    await check(await fresh(ed));
    issuer.publish(next.jwk, ed.jwk);
    pass(30);
    expect(await check(await fresh(next))).toMatchObject(ADA);
    expect(await check(await fresh(ed))).toMatchObject(ADA);
    expect(issuer.requests).toBe(2);
  });

  test("a token of a key that is gone is refused, even when it was remembered", async () => {
    const { issuer, check, authenticate, pass } = concurrentStores();
    const [gone, stays, own] = [await fresh(ed), await fresh(es), signed(CLAIMS)];
    for (const token of [gone, stays, own]) await check(token);
    issuer.publish(next.jwk, es.jwk);
    pass(30);
    expect(authenticate(`Bearer ${gone}`)).toMatchObject(ADA);
    await check(await fresh(next));
    expect(await refusalOf(check(gone))).toMatchObject(UNAUTHORIZED);
    for (const token of [stays, own]) expect(authenticate(`Bearer ${token}`)).toMatchObject(ADA);
  });

  test("a token is refused when its key was replaced under the same name", async () => {
    const { issuer, check, pass } = concurrentStores();
    const token = await fresh(ed);
    await check(token);
    issuer.publish({ ...next.jwk, kid: "ed-1" }, es.jwk);
    pass(600);
    await check(token);
    await until(() => issuer.requests === 2);
    await Bun.sleep(5);
    expect(await refusalOf(check(token))).toMatchObject(UNAUTHORIZED);
    expect(await check(await fresh(next, { kid: "ed-1" }))).toMatchObject(ADA);
  });

  test("all tokens are refused when it withdraws all keys", async () => {
    const { issuer, check, pass } = concurrentStores();
    const token = await fresh(ed);
    await check(token);
    issuer.publish();
    pass(600);
    await check(token);
    await until(() => issuer.requests === 2);
    await Bun.sleep(5);
    expect(await refusalOf(check(token))).toMatchObject(UNAUTHORIZED);
  });
});

describe("a token that names no key", () => {
  test("is accepted when one key of the set fits it", async () => {
    const { check } = concurrentStores();
    for (const key of ALL_KEYS) expect(await check(await fresh(key, { kid: undefined }))).toMatchObject(ADA);
  });

  test("is refused when two do, and one that names its key is not", async () => {
    const { issuer, check } = concurrentStores();
    issuer.publish(ed.jwk, next.jwk, es.jwk);
    expect(await refusalOf(check(await fresh(ed, { kid: undefined })))).toMatchObject(UNAUTHORIZED);
    expect(await check(await fresh(ed))).toMatchObject(ADA);
    expect(await check(await fresh(es, { kid: undefined }))).toMatchObject(ADA);
  });

  test("is accepted from a key without a name, which a token that names one is not", async () => {
    const { issuer, check } = concurrentStores();
    const { kid: _, ...nameless } = ed.jwk;
    issuer.publish(nameless);
    expect(await check(await fresh(ed, { kid: undefined }))).toMatchObject(ADA);
    expect(await refusalOf(check(await fresh(ed)))).toMatchObject(UNAUTHORIZED);
  });
});

test("two keys with one name are none", async () => {
  const { issuer, check } = concurrentStores();
  issuer.publish(ed.jwk, { ...next.jwk, kid: "ed-1" });
  expect(await refusalOf(check(await fresh(ed)))).toMatchObject(UNAUTHORIZED);
});

test("a symmetric key in a public key set is never used, and the keys beside it are", async () => {
  const { issuer, check } = concurrentStores({ secrets: [] });
  const secret = "a symmetric key that everybody can read";
  const k = Buffer.from(secret).toString("base64url");
  issuer.publish({ kty: "oct", kid: "oct-1", alg: "HS256", use: "sig", k }, ed.jwk);
  const text = signed(CLAIMS, { alg: "HS256", kid: "oct-1" }).split(".").slice(0, 2).join(".");
  expect(await refusalOf(check(`${text}.${hmac(text, secret)}`))).toMatchObject(UNAUTHORIZED);
  expect(await check(await fresh(ed))).toMatchObject(ADA);
});

test("a key that can't be imported leaves the others good", async () => {
  const { issuer, check } = concurrentStores();
  issuer.publish({ ...es.jwk, y: es.jwk.x ?? "" }, { ...rs.jwk, n: "!" }, { ...ed.jwk, kid: "short", x: "AA" }, ed.jwk);
  expect(await check(await fresh(ed))).toMatchObject(ADA);
  expect(await refusalOf(check(await fresh(es)))).toMatchObject(UNAUTHORIZED);
});

describe("a key set is not taken", () => {
  const load = async (answer: () => Response | Promise<Response>, timeout?: number) => {
    const issuer = serveKeys();
    issuers.push(issuer);
    issuer.answer = answer;
    return loadKeySet(issuer.url, (url, init) => fetch(url, init), timeout);
  };
  const failing = async (work: Promise<unknown>): Promise<string> => {
    const [outcome] = await Promise.allSettled([work]);
    return outcome.status === "rejected" ? String(outcome.reason) : "was taken";
  };
  const set = JSON.stringify({ keys: [ed.jwk] });
  /** The same set, behind so much white space that it has so many bytes. */
  const padded = (bytes: number) => set.padStart(bytes, " ");

  test("from elsewhere than where it should be", async () => {
    const elsewhere = serveKeys();
    issuers.push(elsewhere);
    for (const status of [301, 302, 303, 307, 308]) {
      expect(await failing(load(() => Response.redirect(elsewhere.url, status)))).toContain("UnexpectedRedirect");
    }
    expect(elsewhere.requests).toBe(0);
  });

  test("when it has more than a megabyte, whether it says so or not", async () => {
    expect(await load(() => new Response(padded(1024 * 1024)))).toHaveLength(1);
    expect(await failing(load(() => new Response(padded(1024 * 1024 + 1))))).toContain("more than 1 MB");
    const half = padded(700_000).slice(0, 600_000);
    const stream = async function* () {
      yield half;
      await Bun.sleep(1);
      yield half;
      yield set;
    };
    expect(await failing(load(() => new Response(stream())))).toContain("more than 1 MB");
    expect(await failing(load(() => zipped(padded(20_000_000))))).toContain("more than 1 MB");
  });

  test("when nobody answers in time", async () => {
    const never = new Promise<Response>(() => {});
    expect(await failing(load(() => never, 40))).toContain("timed out");
  });

  test("when the answer does not end in time", async () => {
    const stream = async function* () {
      yield '{"keys":[';
      await Bun.sleep(500);
      yield "]}";
    };
    expect(await failing(load(() => new Response(stream()), 40))).toContain("timed out");
  });
});

/** A small answer that becomes a large one. */
function zipped(text: string): Response {
  return new Response(Bun.gzipSync(Buffer.from(text)), { headers: { "content-encoding": "gzip" } });
}

async function until(condition: () => boolean): Promise<void> {
  for (let wait = 0; !condition(); wait += 1) {
    if (wait > 1000) throw new Error("it never happened");
    await Bun.sleep(1);
  }
}
