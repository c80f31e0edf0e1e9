import { refusals, type SignatureRefusalCode } from '@muhr/egov-mobile'
import type { Sha256Hex, SubmissionOutcome } from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import { put, type Sent, signed, statusOf, withToken } from './app-testing.ts'
import { now, replyJson, sha256, stored } from './testing.ts'

describe('API #2, PUT', () => {
  test('gives a candidate for each content and waits for the judgement', async () => {
    const text = await signed()
    const reception = await put(text)

    expect(reception).toMatchObject({
      observations: [],
      submission: sha256(new TextEncoder().encode(text)),
      candidates: [
        { content: 'cnt_0', bytes: Uint8Array.of(0x30, 1), format: 'CMS', detached: true },
        { content: 'cnt_1', bytes: Uint8Array.of(0x30, 2), format: 'CMS', detached: true },
      ],
    })
    expect(statusOf(reception, { kind: 'accepted' })).toBe(200)
    expect(await replyJson(reception.reply({ kind: 'accepted' }))).toEqual({ message: 'success' })
  })

  test('with the data inside, candidates are attached signatures', async () => {
    const text = (await signed()).replace('CMS_SIGN_ONLY', 'CMS_WITH_DATA')
    const reception = await put(text, { request: { method: 'CMS_WITH_DATA' } })

    expect(reception.candidates.map(({ detached }) => detached)).toEqual([false, false])
  })

  test('the 200 follows the connection', async () => {
    const text = await signed()
    const back = await put(text, { connection: { leadBack: true } })
    const asText = await put(text, { connection: { success: 'text' } })

    expect(await replyJson(back.reply({ kind: 'accepted' }))).toEqual({
      message: 'success',
      backUrl: 'https://muhr.example/s/abc',
    })
    expect(asText.reply({ kind: 'accepted' }).headers['content-type']).toContain('text/plain')
  })

  test.each<[string, SignatureRefusalCode]>([
    ['content-mismatch', 'other-content'],
    ['HASH_FAILURE', 'other-content'],
    ['identity-mismatch', 'other-person'],
    ['identity-unknown', 'other-person'],
    ['SIG_CRYPTO_FAILURE', 'signature-invalid'],
    ['FORMAT_FAILURE', 'signature-unreadable'],
    ['REVOKED', 'certificate-revoked'],
    ['EXPIRED', 'certificate-expired'],
    ['NO_CERTIFICATE_CHAIN_FOUND', 'certificate-untrusted'],
    ['SIG_CONSTRAINTS_FAILURE', 'timestamp-missing'],
    ['a code of tomorrow', 'signature-invalid'],
    ['toString', 'signature-invalid'],
  ])('trap 7: refused for %s is 403 with the text of %s', async (code, refusal) => {
    for (const [language, text] of Object.entries(refusals[refusal].text)) {
      const headers = { ...withToken, 'accept-language': language }
      const reception = await put(await signed(), { http: { headers } })
      const reply = reception.reply({ kind: 'refused', code })

      expect(reply.status).toBe(403)
      expect(await replyJson(reply)).toEqual({ message: text })
    }
  })

  test('held for want of data follows the connection; held for another reason is 403', async () => {
    const text = await signed()
    const strict = await put(text)
    const lenient = await put(text, { connection: { whenIndeterminate: 'accept-and-recheck' } })
    const held = (code: string): SubmissionOutcome => ({ kind: 'held', code })

    expect(statusOf(strict, held('TRY_LATER'))).toBe(403)
    expect(statusOf(lenient, held('TRY_LATER'))).toBe(200)
    for (const code of ['NO_CERTIFICATE_CHAIN_FOUND', 'SIG_CONSTRAINTS_FAILURE', 'other']) {
      expect(statusOf(strict, held(code))).toBe(403)
      expect(statusOf(lenient, held(code))).toBe(403)
    }
  })

  test('late is 410, no judgement at all is 503', async () => {
    const reception = await put(await signed())

    expect(statusOf(reception, { kind: 'late' })).toBe(410)
    expect(statusOf(reception, undefined)).toBe(503)
  })

  test('a cancellation is a refusal by the signer, never a candidate', async () => {
    const text = await signed((sent) => {
      sent.status = 'CANCELED'
    })
    const reception = await put(text)

    expect(reception.observations).toEqual([{ kind: 'declined' }])
    expect(reception.candidates).toEqual([])
    expect(statusOf(reception)).toBe(200)
    expect(statusOf(await put(text, { connection: { cancelStatus: 400 } }))).toBe(400)
  })

  test('a cancellation repeated after the request is closed says nothing new', async () => {
    const reception = await put('{"status":"CANCELED"}', {
      request: { closed: true, outcome: 'declined' },
    })

    expect(reception.observations).toEqual([])
    expect(statusOf(reception)).toBe(200)
  })

  test.each<[string, (sent: Sent) => void, number, object]>([
    [
      'changed id',
      (sent) => {
        Object.assign(sent.documentsToSign[0] ?? {}, { id: 9 })
      },
      403,
      { code: 'documents-changed', attention: 'format' },
    ],
    [
      'another method',
      (sent) => {
        Object.assign(sent, { signMethod: 'XML' })
      },
      403,
      { code: 'sign-method-changed', attention: 'format' },
    ],
    [
      'unsigned original',
      (sent) => {
        Object.assign(sent.documentsToSign[0]?.document.file ?? {}, {
          data: Buffer.from(stored[0] ?? []).toString('base64'),
        })
      },
      403,
      { code: 'signature-missing', attention: undefined },
    ],
    [
      'lower-case fields',
      (sent) => {
        Object.assign(sent, { documentstosign: sent.documentsToSign, documentsToSign: undefined })
      },
      400,
      { code: 'malformed-body', attention: undefined },
    ],
  ])('%s is refused before anything is kept', async (_name, change, status, observation) => {
    const reception = await put(await signed(change))

    expect(reception.candidates).toEqual([])
    expect(reception.submission).toBeUndefined()
    expect(statusOf(reception)).toBe(status)
    expect(reception.observations).toEqual([{ kind: 'rejected', ...observation }])
  })

  test('a truncated body is 400', async () => {
    expect(statusOf(await put((await signed()).slice(0, -3)))).toBe(400)
  })

  describe('repeats', () => {
    const over = { closed: true, accepted: true, outcome: 'signed' } as const

    async function accepted(text: string, outcome: 'accepted' | 'held' = 'accepted') {
      const digest = sha256(new TextEncoder().encode(text))

      return { ...over, submissions: [{ digest, outcome }] }
    }

    test('the accepted PUT again is 200, also after the expiry, and says nothing new', async () => {
      const text = await signed()
      const request = await accepted(text)

      for (const at of [now, '2026-11-23T08:00:00.000Z']) {
        const reception = await put(text, { request, at })

        expect(statusOf(reception)).toBe(200)
        expect(reception).toMatchObject({ observations: [], candidates: [] })
      }
    })

    test('a held one that a person accepted repeats as well', async () => {
      const text = await signed()
      const request = { ...(await accepted(text, 'held')), accepted: false }

      expect(statusOf(await put(text, { request }))).toBe(200)
    })

    test('another one is 409, a refused one does not become good', async () => {
      const text = await signed()
      const request = await accepted(text)
      const refused = {
        ...over,
        submissions: [
          { digest: sha256(new TextEncoder().encode(text)), outcome: 'refused' as const },
          { digest: 'ab'.repeat(32) as Sha256Hex, outcome: 'accepted' as const },
        ],
      }

      expect(statusOf(await put(`${text} `, { request }))).toBe(409)
      expect(statusOf(await put(text, { request: refused }))).toBe(409)
    })

    test('while it waits for its judgement, the repeat is judged with it, also after the end', async () => {
      const text = await signed()
      const digest = sha256(new TextEncoder().encode(text))

      for (const outcome of ['pending', 'held'] as const) {
        const request = { submissions: [{ digest, outcome }] }
        const expired = { ...request, closed: true, outcome: 'expired' } as const
        const late = '2026-11-22T09:00:00.000Z'

        expect((await put(text, { request })).submission).toBe(digest)
        expect((await put(text, { request: expired, at: late })).submission).toBe(digest)
        expect(statusOf(await put(`${text} `, { request: expired, at: late }))).toBe(410)
      }
    })

    test('a refused one is not judged again after the end', async () => {
      const text = await signed()
      const digest = sha256(new TextEncoder().encode(text))
      const request = { submissions: [{ digest, outcome: 'refused' as const }] }

      expect(statusOf(await put(text, { request, at: '2026-11-22T09:00:00.000Z' }))).toBe(410)
    })
  })

  test('wrong token is 401 and an event, whatever the body', async () => {
    const reception = await put(await signed(), { http: { headers: {} } })

    expect(statusOf(reception)).toBe(401)
    expect(reception.observations).toMatchObject([{ code: 'unauthenticated' }])
  })

  test('the first PUT after the expiry is 410', async () => {
    expect(statusOf(await put(await signed(), { at: '2026-11-22T08:05:00.000Z' }))).toBe(410)
  })
})
