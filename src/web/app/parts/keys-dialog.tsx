import { closeDialog } from "../data/dialogs.ts";
import { KEYS, PLACES } from "../data/keys.ts";
import { titleOf } from "../screens/list.tsx";
import { Dialog } from "./dialog.tsx";

const NAMES: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

/** All keys, from the table that runs them. */
export function KeysDialog() {
  const places = Object.entries(PLACES).map(([key, list]) => [`g ${key}`, titleOf({ kind: "list", list })] as const);
  return (
    <Dialog title="Keys" isWide isLight onClose={closeDialog}>
      <p class="quiet">Outside of fields. They can be turned off in the settings.</p>
      <dl class="keys">
        <Row keys={["Ctrl K"]} words="Find lists, tasks and commands" />
        {KEYS.map(({ keys, words }) => (
          <Row key={words} keys={keys} words={words} />
        ))}
        {places.map(([key, words]) => (
          <Row key={key} keys={[key]} words={words} />
        ))}
        <Row keys={["Alt ↑", "↓", "→", "←"]} words="Move the task in the tree" />
      </dl>
      <button type="button" autofocus onClick={closeDialog}>
        Close
      </button>
    </Dialog>
  );
}

function Row({ keys, words }: { readonly keys: readonly string[]; readonly words: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{NAMES[key] ?? key}</kbd>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
