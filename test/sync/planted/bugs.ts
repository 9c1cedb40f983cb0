import type { Bug } from "../simulator.ts";
import {
  forgetWhatIsUnsent,
  forgetWhatWasPurged,
  keepNode,
  moveCursorFirst,
  sendPartOfRefused,
  sendWhatIsGone,
  settleLateAnswers,
  stampAtSending,
  turnLogRound,
} from "./replicas.ts";
import { keepAtEqualClocks, leaveOutPages, overlookPurge, refuseToGoOn, shareRows, takeEveryHead } from "./servers.ts";

type Planted = readonly [name: string, make: () => Bug];

/** Bugs that sync could have, each made anew for a search. */
export const BUGS: readonly Planted[] = [
  ["a server that takes every head for its own", takeEveryHead],
  ["a server whose page leaves out what came while it merged", leaveOutPages],
  ["a server that keeps the value that it has where the clocks are equal", keepAtEqualClocks],
  ["a server on which two users share the rows of one id", shareRows],
  ["an outbox that only knows that something is unsent", forgetWhatIsUnsent],
  ["a replica that moves its cursor on before it has merged", moveCursorFirst],
  ["a replica that makes the clocks anew each time that it sends", stampAtSending],
  ["a replica that sends of a refused task only what was edited since", sendPartOfRefused],
  ["a replica whose log loses its order where edits are dated back", turnLogRound],
  ["a copied file that keeps its node", keepNode],
];

/** The same, of which nothing is seen before the server's clock is set back. */
export const BUGS_OF_CLOCKS: readonly Planted[] = [
  ["a server that refuses to go on from what it has where its clock was set back", refuseToGoOn],
];

/** The same, of which nothing is seen before a server purges. */
export const BUGS_OF_YEARS: readonly Planted[] = [
  ["a server that lets somebody in and purges before it merges", overlookPurge],
  ["a replica that forgets what was purged when it began to read", forgetWhatWasPurged],
  ["a replica that settles an answer after another process went on", settleLateAnswers],
  ["a replica that sends what it had unsent of tasks that are gone", sendWhatIsGone],
];
