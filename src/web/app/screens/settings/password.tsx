import { useSignal } from "@preact/signals";
import type { ComponentProps } from "preact";
import { showDone } from "../../data/toast.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { PasswordField, readField } from "../../parts/password-field.tsx";
import { SubmitForm } from "../../parts/submit-form.tsx";
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
      <PasswordForm action="Delete my account" look="danger" submit={remove}>
        <PasswordField label="Password" name="current" />
      </PasswordForm>
      <button type="button" onClick={onClose}>
        Cancel
      </button>
    </Dialog>
  );
}

function PasswordForm({ children, ...form }: ComponentProps<typeof SubmitForm>) {
  return (
    <SubmitForm {...form}>
      {/* Password managers want to know whose it is. */}
      <input type="text" hidden readOnly autocomplete="username" value={account.value?.email ?? ""} />
      {children}
    </SubmitForm>
  );
}
