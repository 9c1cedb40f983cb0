import { hasSingleKeys, theme, THEMES } from "../../data/preferences.ts";

const NAMES = { system: "as the system", light: "light", dark: "dark" } as const;

/** How the page looks in this browser and listens to keys. */
export function AppearanceSettings() {
  return (
    <section aria-labelledby="appearance-title">
      <h2 id="appearance-title">Appearance and keys</h2>
      <fieldset>
        <legend>Colours</legend>
        <div class="themes">
          {THEMES.map((each) => (
            <label key={each}>
              <input type="radio" name="theme" checked={theme.value === each} onChange={() => (theme.value = each)} />
              {NAMES[each]}
            </label>
          ))}
        </div>
      </fieldset>
      <label class="check-line">
        <input
          type="checkbox"
          checked={hasSingleKeys.value}
          onChange={() => (hasSingleKeys.value = !hasSingleKeys.value)}
        />
        Single keys are commands: a adds, x completes, z undoes
      </label>
    </section>
  );
}
