import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { openFailure } from "../session/session.ts";
import { attempt } from "./act.ts";

/**
 * Takes the answer to a question, or tells the person why there is none. Answers the function that drops it, for when something
 * else is asked: an answer may come after that to a later question.
 */
export function takeAnswer<T>(answer: Promise<T>, take: (value: T) => void): () => void {
  let isDropped = false;
  void attempt(async () => {
    try {
      const value = await answer;
      if (!isDropped) take(value);
    } catch (error) {
      // If nothing can be opened, the screen says why.
      if (openFailure.value === null) throw error;
    }
  });
  return () => {
    isDropped = true;
  };
}

/** The last answer to a question that is asked again whenever one of its inputs changes. */
export function useAnswer<T>(first: T, ask: () => Promise<T>, inputs: readonly unknown[]): T {
  const answer = useSignal(first);
  useEffect(() => takeAnswer(ask(), (value) => (answer.value = value)), inputs);
  return answer.value;
}
