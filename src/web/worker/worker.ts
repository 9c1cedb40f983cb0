import { nameDatabase } from "../database-name.ts";
import type { Answer, Call } from "../protocol.ts";
import { type Account, openAccount } from "./account.ts";
import { toFailure } from "./failures.ts";
import { callMethod } from "./methods.ts";
import type { Platform } from "./platform.ts";

/** Answers the calls of a page. What is asked for before the database is open waits for that. */
export function createWorker(platform: Platform): (call: Call) => Promise<Answer> {
  const opening = Promise.withResolvers<Account>();
  let name = "";
  const answer = async (call: Call): Promise<Answer> => {
    if (call.name === "readFile") return readFile(call);
    if (call.name !== "open") return callMethod(await opening.promise, call);
    name = nameDatabase(call.takes.account);
    opening.resolve(openAccount(platform, call.takes));
    await opening.promise;
    return { kind: "answer", id: call.id, gives: undefined };
  };
  /** What can't be opened can still be saved. */
  const readFile = async (call: Call<"readFile">): Promise<Answer> => {
    const account = await opening.promise.catch(() => null);
    if (account) return callMethod(account, call);
    return { kind: "answer", id: call.id, gives: await platform.readKeptFile(name) };
  };
  return (call) =>
    answer(call).catch((error: unknown) => ({
      kind: "failure",
      id: call.id,
      failure: toFailure(error, findText(call.takes)),
    }));
}

/** What somebody typed, in which an error has its place. */
function findText(takes: Call["takes"]): string | undefined {
  if (takes === null) return undefined;
  if ("text" in takes) return takes.text;
  return "words" in takes ? takes.words : undefined;
}
