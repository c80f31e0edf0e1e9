import { createHash } from 'node:crypto'
import type { AttemptId, ConnectionId, RequestId } from '../../ids.ts'
import type { EnvelopeAggregate } from '../../model.ts'
import type { ProviderIo, RequestAddresses, RequestView, SenderView } from '../../provider.ts'
import { requestView } from '../../views.ts'
import type { Json } from '../../words.ts'
import { digestOf } from '../samples.ts'
import { type CoreState, readBytes, tokenOf } from './core-state.ts'
import { keptSeal } from './kept-seals.ts'
import { toRequest } from './to-request.ts'

export const sender: SenderView = {
  name: { ru: 'ТОО «Үлгі»', kk: '«Үлгі» ЖШС', en: 'Ulgi LLP' },
  bin: '000140000007',
  inn: '7700000000',
}

/** The outer world of a provider; the calls of an attempt are written down as they leave. */
export function providerIo(
  state: CoreState,
  connection: ConnectionId,
  attempt?: AttemptId,
): ProviderIo {
  const { network, clock } = state.options
  let drawn = 0

  return {
    fetch: async (input, init) => {
      const request = toRequest(input, init)
      if (attempt !== undefined) {
        state.sent.push({ attempt, method: request.method, url: request.url })
      }

      return network(request)
    },
    now: () => new Date(clock.now()),
    random: (bytes) => {
      drawn += 1

      return Buffer.from(digestOf(`random ${state.nextJob} ${drawn}`).repeat(8), 'hex').subarray(
        0,
        bytes,
      )
    },
    read: async (sha256) => readBytes(state, sha256),
    open: async function* (sha256) {
      yield readBytes(state, sha256)
    },
    md5: async (sha256) => createHash('md5').update(readBytes(state, sha256)).digest('hex'),
    keptSeal: async (wish) => keptSeal(state, connection, wish),
    signal: new AbortController().signal,
  }
}

export function addressesOf(
  state: CoreState,
  provider: string,
  request: RequestId,
): RequestAddresses {
  const token = tokenOf(request, 'callback')

  return {
    callback: `${state.publicUrl}/cb/${provider}/${token}`,
    signerPage: `${state.publicUrl}/s/${token}`,
    bearer: tokenOf(request, 'bearer'),
  }
}

/** The view of a request that must be there. */
export function viewOf(aggregate: EnvelopeAggregate, id: RequestId): RequestView<Json> {
  const view = requestView(aggregate, id)
  if (view === undefined) {
    throw new Error(`${aggregate.envelope.id} has no request ${id}`)
  }

  return view
}
