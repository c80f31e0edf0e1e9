import { join } from 'node:path'
import { esiaUsers } from '../esia/accounts.ts'
import type { Order } from './order.ts'
import { TITLES } from './outcomes.ts'
import { services } from './services.ts'
import { type EpguState, systemNumber } from './state.ts'

/**
 * Adds orders that stand in the index alone, so that a million of them fit: queued Goskey orders of the first
 * employee of a system, without files. Gives the first number; the others follow it.
 */
export function addSynthetic(
  state: EpguState,
  {
    count,
    mnemonic,
    at,
  }: { readonly count: number; readonly mnemonic: string; readonly at: number },
): number {
  const system = systemNumber(mnemonic)
  let first = 0
  for (let i = 0; i < count; i++) {
    const id = state.index.add(system, at)
    if (i === 0) first = id
    state.index.set(id, {
      statusId: 17,
      title: TITLES.indexOf('Заявление в очереди на отправку'),
      at,
    })
  }

  return first
}

/** What details show of an order that stands in the index alone. */
export function syntheticOrder(state: EpguState, id: number): Order | undefined {
  const indexed = state.index.get(id)
  const user = esiaUsers.find(
    ({ organisation }) => systemNumber(organisation.mnemonic) === indexed?.system,
  )
  const [service] = services
  if (indexed === undefined || user === undefined || service === undefined) return undefined
  const title = TITLES[indexed.title] ?? ''

  return {
    id,
    user,
    service,
    region: '77',
    messageId: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    folder: join(state.folder, String(id)),
    createdAt: indexed.updated,
    requestedAt: indexed.updated,
    stage: 'portal',
    gateway: { code: 'DONE', message: null },
    history: [
      {
        id: id * 10,
        statusId: indexed.statusId,
        title,
        at: indexed.updated,
        isFinal: indexed.statusId !== 17,
        hasResult: false,
        canCancel: false,
        stateOrgStatusCode: indexed.statusId === 4 ? 'expired' : '',
        comment: '',
      },
    ],
    attachments: [],
    results: [],
  }
}
