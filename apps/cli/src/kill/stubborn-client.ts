import { createHash } from 'node:crypto'
import type { SandboxReady } from '@muhr/sandbox'

const giveUpMs = 60_000
const pauseMs = 60

/** What the client must reach the product; changes when the product is started again. */
export type Target = {
  readonly url: string
  readonly apiKey: string
  readonly ready: SandboxReady
}

type Envelope = {
  readonly id: string
  readonly state: string
  readonly documents: readonly { readonly id: string; readonly sha256: string }[]
  readonly signings: readonly {
    readonly id: string
    readonly state: string
    readonly requests: readonly {
      readonly state: string
      readonly presentation?: { readonly qr?: string | undefined } | undefined
    }[]
    readonly artifacts: readonly {
      readonly sha256: string
      readonly document: string
      readonly standing: string
    }[]
  }[]
}

export type Sent = {
  readonly envelope: Envelope
  readonly documents: readonly Uint8Array[]
}

/**
 * A sender and a citizen who do not know that anything was killed: every step is tried again, with the
 * same Idempotency-Key, until it is answered.
 */
export class StubbornClient {
  readonly #target: () => Target

  constructor(target: () => Target) {
    this.#target = target
  }

  /** Sends documents to one citizen and signs them on the phone, whatever happens meanwhile. */
  async sendAndSign(name: string, documents: readonly Uint8Array[]): Promise<Sent> {
    const ids: string[] = []
    for (const [index, bytes] of documents.entries()) {
      const uploaded = await this.#json<{ id: string; sha256: string }>(
        `/v1/documents?fileName=${name}-${index}.pdf`,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/octet-stream',
            'x-muhr-sha256': createHash('sha256').update(bytes).digest('hex'),
            'idempotency-key': `${name}-document-${index}`,
          },
          body: Buffer.from(bytes),
        },
      )
      ids.push(uploaded.id)
    }
    const person = this.#target().ready.accounts['egov-mobile'].find(({ id }) => id === 'person')
    const created = await this.#json<Envelope>('/v1/envelopes', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${name}-envelope` },
      body: JSON.stringify({
        title: name,
        documents: ids.map((id) => ({ id })),
        recipients: [
          {
            name: 'Үлгіұлы Сынақ',
            identifiers: { iin: person?.iin },
            methods: [{ provider: 'egov-mobile', method: 'CMS_SIGN_ONLY' }],
          },
        ],
        send: true,
      }),
    })
    const envelope = await this.#insist(async () => {
      const current = await this.#json<Envelope>(`/v1/envelopes/${created.id}`)
      if (current.state !== 'sent') {
        return current
      }
      const qr = current.signings[0]?.requests.find(({ state }) => state === 'open')?.presentation
        ?.qr
      if (qr !== undefined) {
        await this.#actOnPhone(qr)
      }

      return undefined
    })

    return { envelope, documents }
  }

  /** Everything of a sent envelope is still there, once, and as it was. Returns what is wrong. */
  async inspect({ envelope, documents }: Sent): Promise<readonly string[]> {
    const faults: string[] = []
    const current = await this.#json<Envelope>(`/v1/envelopes/${envelope.id}`)
    if (current.state !== 'completed') {
      faults.push(`envelope is ${current.state}`)
    }
    for (const [index, bytes] of documents.entries()) {
      const id = current.documents[index]?.id
      const response = await this.#fetch(`/v1/documents/${id}/content`)
      const kept = Buffer.from(await response.arrayBuffer())
      if (!kept.equals(Buffer.from(bytes))) {
        faults.push(`document ${index} has other bytes`)
      }
      const accepted = current.signings.flatMap(({ artifacts }) =>
        artifacts.filter(({ document, standing }) => document === id && standing === 'accepted'),
      )
      // A citizen whose answer was lost with the server signs again: both signatures are true and kept.
      if (
        accepted.length === 0 ||
        new Set(accepted.map(({ sha256 }) => sha256)).size !== accepted.length
      ) {
        faults.push(`document ${index} has ${accepted.length} accepted artifacts`)
      }
      for (const { sha256 } of accepted) {
        const artifact = await this.#fetch(`/v1/artifacts/${sha256}`)
        const container = Buffer.from(await artifact.arrayBuffer())
        if (createHash('sha256').update(container).digest('hex') !== sha256) {
          faults.push(`artifact of document ${index} has other bytes`)
        }
      }
    }
    const events = await this.#json<{
      items: readonly { readonly type: string }[]
      chain: { readonly intact: boolean }
    }>(`/v1/envelopes/${envelope.id}/events`)
    if (!events.chain.intact) {
      faults.push('the audit chain is broken')
    }
    for (const once of ['envelope.created', 'envelope.sent', 'envelope.completed']) {
      const count = events.items.filter(({ type }) => type === once).length
      if (count !== 1) {
        faults.push(`${count} events ${once}`)
      }
    }

    return faults
  }

  /** Envelopes of the organisation by title: a doubled send would show here. */
  async countByTitle(title: string): Promise<number> {
    const list = await this.#json<{ items: readonly { readonly title: string }[] }>(
      `/v1/envelopes?limit=100&q=${encodeURIComponent(title)}`,
    )

    return list.items.filter((item) => item.title === title).length
  }

  /** The evidence bundle, once its time-stamp is taken. */
  async evidence({ envelope }: Sent): Promise<Uint8Array> {
    const response = await this.#fetch(`/v1/envelopes/${envelope.id}/evidence`)

    return new Uint8Array(await response.arrayBuffer())
  }

  async #actOnPhone(qr: string): Promise<void> {
    const { ready } = this.#target()
    await fetch(`${ready.egovMobile.control}/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-muhr-sim-secret': ready.control.secret },
      body: JSON.stringify({ text: qr, account: 'person', language: 'kk' }),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined)
  }

  async #json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await this.#fetch(path, init)).json()) as T
  }

  /** Until something other than "cannot now" is said: no connection, 5xx and "still running" are retried. */
  #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#insist(async () => {
      const { url, apiKey } = this.#target()
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
        signal: AbortSignal.timeout(20_000),
      }).catch(() => undefined)
      if (response === undefined || response.status >= 500 || response.status === 409) {
        return undefined
      }
      if (!response.ok) {
        throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      }

      return response
    })
  }

  async #insist<T>(attempt: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + giveUpMs * 2
    for (;;) {
      const result = await attempt()
      if (result !== undefined) {
        return result
      }
      if (Date.now() > end) {
        throw new Error('the product did not come back to its work')
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
