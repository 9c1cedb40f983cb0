import { useSignal } from "@preact/signals";
import { suggestWords, takeSuggestion } from "../data/suggestions.ts";

type Completed = { readonly id: string; readonly text: string; readonly setText: (text: string) => void };

/**
 * Words that a field suggests while it has the focus (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The arrows choose one, Tab or
 * Enter takes it; Enter does what it always does while none is chosen.
 */
export function useSuggestions({ id, text, setText }: Completed) {
  const at = useSignal(-1);
  const closedFor = useSignal<string | null>(null);
  const hasFocus = useSignal(false);
  // Without the focus they would lie over what has it.
  const words = !hasFocus.value || closedFor.value === text ? [] : suggestWords(text);
  const active = words[at.value];
  const take = (word: string) => {
    at.value = -1;
    setText(takeSuggestion(text, word));
  };
  return {
    field: {
      autocomplete: "off",
      "aria-autocomplete": "list",
      onFocus: () => void (hasFocus.value = true),
      onBlur: () => void (hasFocus.value = false),
      "aria-controls": `${id}-words`,
      "aria-activedescendant": active === undefined ? undefined : `${id}-word-${at.value}`,
    } as const,
    /** Answers whether the key was about a suggestion. */
    takesKey: ({ key }: KeyboardEvent): boolean => {
      if (words.length === 0) return false;
      if (key === "ArrowDown" || key === "ArrowUp") {
        const count = words.length + 1;
        at.value = ((at.value + 1 + (key === "ArrowDown" ? 1 : count - 1)) % count) - 1;
        return true;
      }
      if (key === "Escape") {
        at.value = -1;
        closedFor.value = text;
        return true;
      }
      const word = active ?? (key === "Tab" ? words[0] : undefined);
      if ((key !== "Enter" && key !== "Tab") || word === undefined) return false;
      take(word);
      return true;
    },
    list: (
      <div class="suggestions" id={`${id}-words`} role="listbox" aria-label="Suggestions" hidden={words.length === 0}>
        {words.map((word, place) => (
          <div
            key={word}
            id={`${id}-word-${place}`}
            role="option"
            aria-selected={place === at.value}
            onMouseDown={(event) => {
              // The field keeps the focus.
              event.preventDefault();
              take(word);
            }}
          >
            {word}
          </div>
        ))}
      </div>
    ),
  };
}
