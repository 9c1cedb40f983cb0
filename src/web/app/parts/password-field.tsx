type PasswordFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly isNew?: boolean;
};

/** A password, as its managers know it. */
export function PasswordField({ label, name, isNew = false }: PasswordFieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input name={name} type="password" required autocomplete={isNew ? "new-password" : "current-password"} />
    </label>
  );
}

/** The text of a field of a form. */
export function readField(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
