import type { Io } from '@muhr/http'
import { EpguError } from '../error.ts'
import type { Place } from './quota.ts'

/** A place that was granted. */
export type GrantedPlace = Extract<Place, { isGranted: true }>

/**
 * Takes a place, waiting for it when that is wanted.
 *
 * @throws EpguError `epgu.quota-full` when there is none and waiting is not wanted
 */
export async function takePlace({
  take,
  quota,
  whenFull,
  io,
  signal,
}: {
  readonly take: () => Place | Promise<Place>
  readonly quota: 'requests' | 'orders'
  readonly whenFull: 'wait' | 'refuse'
  readonly io: Io
  readonly signal?: AbortSignal | undefined
}): Promise<GrantedPlace> {
  for (;;) {
    const place = await take()
    if (place.isGranted) return place
    if (whenFull === 'refuse') throw quotaFull(quota, place.availableAt)

    await io.sleep(Math.max(1, place.availableAt.getTime() - io.now().getTime()), signal)
  }
}

function quotaFull(quota: 'requests' | 'orders', availableAt: Date): EpguError<'epgu.quota-full'> {
  return new EpguError({
    code: 'epgu.quota-full',
    message: `The quota of ${quota} is used up until ${availableAt.toISOString()}.`,
    advice:
      quota === 'orders'
        ? 'Send again at that time, or spread the orders over the API-Keys of more employees.'
        : 'Ask again at that time; share one count between everything that speaks for the system.',
    data: { quota, availableAt: availableAt.toISOString() },
  })
}
