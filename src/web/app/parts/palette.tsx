import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { findCommands, runCommand } from "../data/commands.ts";
import { closeDialog } from "../data/dialogs.ts";
import { useSavedFilters } from "../data/saved-filters.ts";
import { Dialog } from "./dialog.tsx";

/** Finds lists, tasks and commands by their words (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). */
export function Palette() {
  const field = useRef<HTMLInputElement>(null);
  const text = useSignal("");
  const at = useSignal(0);
  const commands = findCommands(text.value, useSavedFilters());
  const active = commands[at.value];
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => document.getElementById(`command-${at.value}`)?.scrollIntoView({ block: "nearest" }), [at.value]);
  const step = (by: number) => {
    at.value = (at.value + by + commands.length) % Math.max(1, commands.length);
  };
  return (
    <Dialog title="Commands" isBare isLight onClose={closeDialog}>
      <input
        ref={field}
        class="palette"
        role="combobox"
        aria-label="Find lists, tasks and commands"
        aria-expanded={true}
        aria-controls="commands"
        aria-activedescendant={active && `command-${at.value}`}
        autocomplete="off"
        placeholder="Go to, do, find"
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") step(1);
          else if (event.key === "ArrowUp") step(-1);
          else if (event.key !== "Enter") return;
          else if (active) runCommand(active);
          event.preventDefault();
        }}
      />
      <div id="commands" class="commands" role="listbox" aria-label="Commands">
        {commands.map((command, place) => (
          <div
            key={`${command.kind} ${command.words} ${place}`}
            id={`command-${place}`}
            role="option"
            aria-selected={place === at.value}
            onClick={() => runCommand(command)}
          >
            <span>{command.words}</span> <span class="quiet">{command.kind}</span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
