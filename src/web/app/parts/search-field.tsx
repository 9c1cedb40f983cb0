import { useLayoutEffect, useRef } from "preact/hooks";
import { useSuggestions } from "./suggestions.tsx";
import { describeError } from "../data/describe-error.ts";
import { searchError, searchRequest, searchText } from "../data/search.ts";

/** Words and the terms of the filter language. What is not understood is said, and the list stays. */
export function SearchField() {
  const field = useRef<HTMLInputElement>(null);
  const request = searchRequest.value;
  const { value: error } = searchError;
  const suggestions = useSuggestions({
    id: "search",
    text: searchText.value,
    setText: (text) => (searchText.value = text),
  });
  useLayoutEffect(() => {
    if (request > 0) field.current?.select();
  }, [request]);
  return (
    <search class="search">
      <input
        ref={field}
        type="search"
        aria-label="Search and filter"
        aria-describedby="search-error"
        aria-invalid={error !== null}
        placeholder="Search: dentist +home due.before:friday"
        value={searchText.value}
        onInput={({ currentTarget }) => (searchText.value = currentTarget.value)}
        {...suggestions.field}
        onKeyDown={(event) => {
          if (suggestions.takesKey(event)) event.preventDefault();
        }}
      />
      {suggestions.list}
      <p id="search-error" class="issue" aria-live="polite">
        {error && describeError(error)}
      </p>
    </search>
  );
}
