import { closeDialog } from "../data/dialogs.ts";
import { COMMAND_KEYS, KEYS, NUMBERED, PLACES } from "../data/keys.ts";
import { LIST_TITLES } from "../data/titles.ts";
import { titleOf } from "../screens/list.tsx";
import { Dialog } from "./dialog.tsx";

const NAMES: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };
const [COMMAND, SHIFT, ALT] = /^(Mac|iP)/.test(navigator.platform) ? ["⌘", "⇧", "⌥"] : ["Ctrl", "Shift", "Alt"];

/** All keys, from the tables that run them. What several do stands in one line. */
export function KeysDialog() {
  const lines = Map.groupBy(listKeys(), ({ words }) => words);
  return (
    <Dialog title="Keys" isWide isLight onClose={closeDialog}>
      <p class="quiet">Outside of fields. Those of one letter can be turned off in the settings.</p>
      <dl class="keys">
        {[...lines].map(([words, same]) => (
          <Row key={words} keys={same.flatMap(({ keys }) => keys)} words={words} />
        ))}
      </dl>
      <button type="button" autofocus onClick={closeDialog}>
        Close
      </button>
    </Dialog>
  );
}

type Line = { readonly keys: readonly string[]; readonly words: string };

function listKeys(): readonly Line[] {
  return [
    ...COMMAND_KEYS.map(({ keys, words }) => ({ keys: keys.map(nameCommandKey), words })),
    ...KEYS,
    { keys: [`${ALT} ↑`, "↓", "→", "←"], words: "Move it in the tree" },
    ...NUMBERED.map((list, at) => ({ keys: [String(at + 1)], words: LIST_TITLES[list] })),
    ...Object.entries(PLACES).map(([key, place]) => ({ keys: [`g ${key}`], words: titleOf(place) })),
  ];
}

function nameCommandKey(key: string): string {
  const letter = key.toUpperCase();
  return key === letter ? `${COMMAND} ${SHIFT} ${letter}` : `${COMMAND} ${letter}`;
}

function Row({ keys, words }: Line) {
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
