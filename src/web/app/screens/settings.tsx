/** What belongs to the account and to this browser. */
export function SettingsScreen() {
  return (
    <section class="settings" aria-labelledby="settings-title">
      <header class="list-head">
        <h1 id="settings-title">Settings</h1>
      </header>
    </section>
  );
}
