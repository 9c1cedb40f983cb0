import { useLayoutEffect, useRef } from "preact/hooks";
import type { WireParsedText } from "../../../contract/parse-schema.ts";
import { change } from "../data/act.ts";
import { useAnswer } from "../data/answers.ts";
import { layout } from "../data/layout.ts";
import { draft, isAdding, sendDraft } from "../data/drafts.ts";
import { useReplica } from "../session/session.ts";
import { useSuggestions } from "./suggestions.tsx";
import { WordChips } from "./word-chips.tsx";
import { ParsedText } from "./parsed-text.tsx";

/** One line for a new task, in the words of `todo add`, and below it what was understood. */
export function QuickAdd() {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = draft.value;
  const request = isAdding.value;
  useLayoutEffect(() => {
    if (request > 0) field.current?.focus();
  }, [request]);
  const ask = async () =>
    text.trim() === "" || text.includes("\n") ? null : { text, ...(await useReplica().ask("preview", { text })) };
  const parsed = useAnswer<(WireParsedText & { readonly text: string }) | null>(null, ask, [text]);
  const suggestions = useSuggestions({ id: "add", text, setText: (next) => (draft.value = next) });
  const lines = text.split("\n").filter((line) => line.trim() !== "").length;
  const add = async () => {
    // Why it can't be added stands below the line already.
    const isRefused = parsed?.text === text && parsed.issues.length > 0;
    if (lines > 0 && !isRefused) await sendDraft((sent) => change("add", { text: sent }));
  };
  return (
    <form
      class="quick-add"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <textarea
        ref={field}
        rows={Math.min(6, text.split("\n").length)}
        aria-label="Add a task"
        aria-describedby="understood"
        placeholder={layout.value === "wide" ? "Add a task: Pay rent due:friday +home" : "Add a task"}
        value={text}
        enterkeyhint="done"
        onInput={({ currentTarget }) => (draft.value = currentTarget.value)}
        {...suggestions.field}
        onKeyDown={(event) => {
          if (suggestions.takesKey(event)) return event.preventDefault();
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void add();
        }}
      />
      <button type="submit" class="primary" disabled={lines === 0}>
        {lines > 1 ? `Add ${lines} tasks` : "Add"}
      </button>
      {suggestions.list}
      {lines === 1 && <WordChips />}
      <output id="understood" class="understood" aria-live="polite">
        {parsed && <ParsedText parsed={parsed} />}
      </output>
    </form>
  );
}
