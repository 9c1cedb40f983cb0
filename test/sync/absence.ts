import { readTasks } from "./compare.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;
const MOST_DAYS = 400;
/** For so long a server keeps what is deleted. */
const KEPT_DAYS = 180;

/** Nothing that was under way is after so long. From here on somebody may be away until the days pass again. */
export async function passDays(world: World): Promise<void> {
  const { scheduler, network, time, random, nodes } = world;
  scheduler.killAll();
  network.forget();
  time.now += random.below(MOST_DAYS) * DAY;
  world.away = random.chance(0.7) ? random.pick(nodes).name : null;
}

export async function purge({ server, users, model }: World): Promise<void> {
  for (const user of users) {
    const list = async () => (await readTasks(server.backing.sync(), user)).map(({ id }) => id);
    const before = await list();
    await server.sync().purge(user, server.watch.now() - KEPT_DAYS * DAY);
    const after = new Set(await list());
    model.purge(
      user,
      before.filter((id) => !after.has(id)),
    );
  }
}
