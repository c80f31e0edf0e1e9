import type { Provider } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'

/**
 * How late the watch of a connection is whose requests are asked about one by one: how long ago the question
 * was due that waits longest, s; 0 when none waits. Of services that tell all at once there is no such thing.
 */
export function lateSeconds(
  { now }: Pick<AppContext, 'now'>,
  provider: Provider,
  oldestDueAt: string | null,
): number | undefined {
  if (provider.describe().watch !== 'single') return undefined
  const lateMs = oldestDueAt === null ? 0 : now().getTime() - Date.parse(oldestDueAt)

  return Math.max(0, Math.round(lateMs / 1000))
}
