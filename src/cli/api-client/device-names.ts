type Device = { readonly id: string; readonly device: string; readonly created_at: string };

/** Names for the sessions of an account. Devices that call themselves alike are numbered, the oldest first. */
export function createDeviceNames(sessions: readonly Device[]): (session: Device) => string {
  return ({ id, device }) => {
    const alike = sessions
      .filter((other) => other.device === device)
      .toSorted((one, other) => one.created_at.localeCompare(other.created_at) || one.id.localeCompare(other.id));
    return alike.length === 1 ? device : `${device} (${alike.findIndex((other) => other.id === id) + 1})`;
  };
}
