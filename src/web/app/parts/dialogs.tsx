import { dialog } from "../data/dialogs.ts";
import { EditDialog } from "./edit-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { Palette } from "./palette.tsx";

/** The dialog that is open, if there is one. */
export function Dialogs() {
  const { value: open } = dialog;
  switch (open?.kind) {
    case undefined:
      return null;
    case "keys":
      return <KeysDialog />;
    case "palette":
      return <Palette />;
    case "edit":
      return <EditDialog words={open.words} />;
  }
}
