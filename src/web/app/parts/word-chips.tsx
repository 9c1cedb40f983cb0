import { draft, putWord, startAdding } from "../data/drafts.ts";
import { DayPicker } from "./day-picker.tsx";

const WORDS = [
  ["Today", "due:today"],
  ["Tomorrow", "due:tomorrow"],
  ["Urgent", "priority:high"],
  ["Project", "project:"],
  ["Tag", "+"],
] as const;

/** Words for a new task that one need not know or type. They go into the line, where they can be read and learnt. */
export function WordChips() {
  const put = (word: string) => {
    draft.value = putWord(draft.value, word);
    startAdding();
  };
  return (
    <div class="chips" role="group" aria-label="Words for the task">
      {WORDS.map(([label, word]) => (
        <button key={word} type="button" onClick={() => put(word)}>
          {label}
        </button>
      ))}
      <DayPicker label="Pick the day when it is due" pick={(day) => put(`due:${day}`)}>
        Day…
      </DayPicker>
    </div>
  );
}
