import { useSignal } from "@preact/signals";
import { hasCode, type TodoError } from "../../../domain/errors.ts";
import { describeRefusal } from "../data/describe-error.ts";
import { readField } from "../parts/password-field.tsx";
import { SubmitForm } from "../parts/submit-form.tsx";
import { ALONE, listAccounts } from "../session/accounts.ts";
import { config, enter, useAlone } from "../session/session.ts";
import { signIn, signUp } from "../session/web-api.ts";
import { nameAccount, switchTo } from "./settings/account.tsx";

/** Asks who uses the page. */
export function SignInScreen() {
  const isNew = useSignal(false);
  const { value: server } = config;
  return (
    <main class="door">
      <h1>
        <img src="app/icon.svg" alt="" width="32" height="32" /> todo
      </h1>
      {server?.signin_url && (
        <p>
          <a class="primary" href={server.signin_url}>
            Sign in
          </a>
        </p>
      )}
      {(server === null || server.accounts !== null) && <CredentialForm isNew={isNew.value} />}
      {server?.accounts && server.accounts.signup !== "closed" && (
        <p>
          <button type="button" class="link" onClick={() => (isNew.value = !isNew.value)}>
            {isNew.value ? "I have an account" : "Create an account"}
          </button>
        </p>
      )}
      <KnownAccounts />
      <p>
        <button type="button" class="link" onClick={() => void useAlone()}>
          Use it without an account
        </button>
        <span class="quiet"> Tasks stay in this browser alone.</span>
      </p>
      {server?.owner && (
        <p class="quiet">
          Your own list on this machine opens with <code>todo web</code>.
        </p>
      )}
    </main>
  );
}

function CredentialForm({ isNew }: { readonly isNew: boolean }) {
  const isShown = useSignal(false);
  const needsInvite = isNew && config.value?.accounts?.signup === "invite";
  const submit = async (form: HTMLFormElement) => {
    const text = (name: string) => readField(form, name);
    const invite = text("invite").trim();
    const credentials = { email: text("email").trim(), password: text("password"), ...(invite !== "" && { invite }) };
    await enter(await (isNew ? signUp(credentials) : signIn(credentials)));
  };
  return (
    <SubmitForm action={isNew ? "Create the account" : "Sign in"} look="primary" submit={submit} explain={explain}>
      <label class="field">
        <span>E-mail</span>
        <input name="email" type="email" required autocomplete="username" />
      </label>
      <label class="field">
        <span>Password</span>
        <input
          name="password"
          required
          autocomplete={isNew ? "new-password" : "current-password"}
          {...(isShown.value ? { type: "text" } : { type: "password" })}
        />
      </label>
      <label class="check-line">
        <input type="checkbox" checked={isShown.value} onChange={() => (isShown.value = !isShown.value)} /> Show the
        password
      </label>
      {needsInvite && (
        <label class="field">
          <span>Invitation</span>
          <input name="invite" required autocomplete="off" />
        </label>
      )}
    </SubmitForm>
  );
}

function explain(error: TodoError): string {
  return hasCode(error, "unauthorized") ? "The e-mail or the password is wrong." : describeRefusal(error);
}

function KnownAccounts() {
  const accounts = listAccounts().filter(({ account }) => account !== ALONE.account);
  if (accounts.length === 0) return null;
  return (
    <section aria-label="Accounts in this browser">
      <p class="quiet">In this browser:</p>
      <ul class="lines">
        {accounts.map((each) => (
          <li key={each.account}>
            <bdi>{nameAccount(each)}</bdi>
            <button type="button" onClick={() => switchTo(each)}>
              Open
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
