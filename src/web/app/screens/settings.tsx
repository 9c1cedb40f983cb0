import { ALONE } from "../session/accounts.ts";
import { account, config } from "../session/session.ts";
import { AccountSettings } from "./settings/account.tsx";
import { AppearanceSettings } from "./settings/appearance.tsx";
import { DatabaseSettings } from "./settings/database.tsx";
import { DeviceSettings } from "./settings/devices.tsx";
import { PasswordSettings } from "./settings/password.tsx";
import { StorageSettings } from "./settings/storage.tsx";

/** What belongs to the account and to this browser. */
export function SettingsScreen() {
  const { value: server } = config;
  const isAlone = account.value?.account === ALONE.account;
  const hasPassword = !isAlone && server?.accounts != null;
  return (
    <section class="settings" aria-labelledby="settings-title">
      <header class="list-head">
        <h1 id="settings-title">Settings</h1>
      </header>
      <AccountSettings />
      {hasPassword && <DeviceSettings />}
      {hasPassword && <PasswordSettings />}
      <AppearanceSettings />
      <DatabaseSettings isAlone={isAlone} />
      <StorageSettings />
      {server && <p class="quiet">todo {server.version}</p>}
    </section>
  );
}
