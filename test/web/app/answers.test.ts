import { expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { takeAnswer } from "../../../src/web/app/data/answers.ts";
import { hideToast, toast } from "../../../src/web/app/data/toast.ts";

/** Lets all that is waiting for an answer go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

test("of two questions the answer to the later one is shown, though that to the earlier one comes last", async () => {
  const taken: string[] = [];
  const [early, late] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const drop = takeAnswer(early.promise, (value) => taken.push(value));
  drop();
  takeAnswer(late.promise, (value) => taken.push(value));
  late.resolve("late");
  await settle();
  early.resolve("early");
  await settle();
  expect(taken).toEqual(["late"]);
});

test("why there is no answer is said", async () => {
  takeAnswer(Promise.reject(new TodoError("not_found", "there is no such task")), () => expect.unreachable());
  await settle();
  expect(toast.value).toEqual({ words: "There is no such task.", canUndo: false, isFailure: true });
  hideToast();
});
