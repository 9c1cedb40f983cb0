/** The end of a form in a dialog. */
export function SaveButtons({ onCancel }: { readonly onCancel: () => void }) {
  return (
    <p class="buttons">
      <button type="submit" class="primary">
        Save
      </button>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
    </p>
  );
}
