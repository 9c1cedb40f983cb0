import { TodoError } from "../../src/domain/errors.ts";
import type { PeerAnswer, PeerRequest, SyncPeer } from "../../src/services/sync/synchronize.ts";
import type { Random } from "../support/random.ts";
import type { Scheduler } from "./scheduler.ts";
import { readAnswer, type Respond, writeRequest } from "./server.ts";

/** Tasks in a page, so few that there are several. */
const PAGE = 4;

type OnAnswer = (request: PeerRequest, answer: PeerAnswer) => Promise<void>;

export type Network = {
  /** The server as somebody meets it who is signed in as a user. `onAnswer` is told what it answers before anything else happens. */
  readonly connect: (user: string, onAnswer: OnAnswer) => SyncPeer;
  /** Brings a request that is still on its way. */
  readonly deliver: () => Promise<void>;
  /** Loses all of these. */
  readonly forget: () => void;
};

/**
 * Loses requests and answers, repeats requests, at once or much later, and cuts answers off. Where clocks are wild only what was let
 * in comes later: what was refused for its clock would be let in when its time has come, past what was edited since.
 */
export function createNetwork(
  respond: Respond,
  { random, rest, isWild }: { readonly random: Random; readonly rest: Scheduler["rest"]; readonly isWild: boolean },
): Network {
  const late: (() => Promise<string>)[] = [];
  const lose = (part: number) => {
    if (random.chance(part)) throw new TodoError("unavailable", "the network has failed");
  };
  const send = async (user: string, request: string, onAnswer: (answer: string) => Promise<void>): Promise<string> => {
    const repeatLater = () => void (random.chance(0.06) && late.push(() => respond(user, request)));
    if (!isWild) repeatLater();
    lose(0.08);
    if (random.chance(0.08)) await respond(user, request);
    const answer = await respond(user, request);
    await onAnswer(answer);
    repeatLater();
    await rest("answer");
    lose(0.08);
    return random.chance(0.04) ? answer.slice(0, random.below(answer.length)) : answer;
  };
  return {
    connect: (user, onAnswer) => ({
      exchange: async (request) => {
        await rest("request");
        const text = writeRequest({ ...request, limit: 1 + random.below(5) });
        return readAnswer(await send(user, text, (answer) => onAnswer(request, readAnswer(answer))));
      },
    }),
    deliver: async () => {
      const [request] = late.splice(random.below(late.length), 1);
      await request?.();
    },
    forget: () => void late.splice(0),
  };
}

/** The same server where nothing goes wrong. */
export function connectInPeace(respond: Respond, user: string): SyncPeer {
  return { exchange: async (request) => readAnswer(await respond(user, writeRequest({ ...request, limit: PAGE }))) };
}
