import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { TodoError } from "../../../../domain/errors.ts";
import { capitalize } from "../../../../domain/task/text.ts";
import { showDone } from "../../data/toast.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { PasswordField, readField } from "../../parts/password-field.tsx";
import { leave } from "../../session/leave.ts";
import { account, useToken } from "../../session/session.ts";
import { changePassword, deleteAccount } from "../../session/web-api.ts";

/** What the password is needed for: another one, and the end of the account. */
export function PasswordSettings() {
  const isDeleting = useSignal(false);
  const change = async (form: HTMLFormElement) => {
    await changePassword(await useToken(), readField(form, "current"), readField(form, "next"));
    form.reset();
    showDone({ words: "The password is changed. Your other devices are signed out.", ids: [] }, { canUndo: false });
  };
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <details>
        <summary>Change the password</summary>
        <PasswordForm action="Change the password" submit={change}>
          <PasswordField label="Password now" name="current" />
          <PasswordField label="New password, 12 characters or more" name="next" isNew />
        </PasswordForm>
      </details>
      <p class="buttons">
        <button type="button" class="danger" onClick={() => (isDeleting.value = true)}>
          Delete my account
        </button>
      </p>
      {isDeleting.value && <DeleteDialog onClose={() => (isDeleting.value = false)} />}
    </section>
  );
}

function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const remove = async (form: HTMLFormElement) => {
    await deleteAccount(await useToken(), readField(form, "current"));
    await leave();
  };
  return (
    <Dialog title="Delete your account?" onClose={onClose}>
      <p>All tasks, devices and tokens of the account are deleted from the server and from this browser, for good.</p>
      <PasswordForm action="Delete my account" isDanger submit={remove}>
        <PasswordField label="Password" name="current" />
      </PasswordForm>
      <button type="button" onClick={onClose}>
        Cancel
      </button>
    </Dialog>
  );
}

type PasswordFormProps = {
  readonly action: string;
  readonly isDanger?: boolean;
  readonly submit: (form: HTMLFormElement) => Promise<void>;
  readonly children: ComponentChildren;
};

/** A form that says what the server does not accept. */
function PasswordForm({ action, isDanger = false, submit, children }: PasswordFormProps) {
  const problem = useSignal("");
  const isBusy = useSignal(false);
  const send = async (form: HTMLFormElement) => {
    isBusy.value = true;
    problem.value = "";
    try {
      await submit(form);
    } catch (error) {
      if (!(error instanceof TodoError)) throw error;
      problem.value = capitalize(error.issues.map(({ message }) => message).join(" ") || error.message);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      {/* Password managers want to know whose it is. */}
      <input type="text" hidden readOnly autocomplete="username" value={account.value?.email ?? ""} />
      {children}
      <p class="issue" role="alert">
        {problem.value}
      </p>
      <button type="submit" class={isDanger ? "danger" : undefined} disabled={isBusy.value}>
        {action}
      </button>
    </form>
  );
}
