import { createHash } from 'node:crypto'
import {
  createSigningKey,
  digestOf,
  type OctetSource,
  parseCertificate,
  signDigestedContent,
  toHex,
} from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  createOpensslPeer,
  createTestAuthority,
  hasGostEngine,
  type TestAuthority,
  type TestOrganisationKey,
} from '../testing/index.ts'
import { openAttendedKey } from './open-attended-key.ts'
import {
  acceptSealBatch,
  type SealBatch,
  type SealBatchView,
  type SubmittedSeal,
  viewSealBatch,
} from './seal-batch.ts'

const madeAt = new Date('2026-06-01T10:00:00Z')
const due = new Date('2026-06-01T12:00:00Z')
const now = new Date('2026-06-01T10:05:00Z')
const streebog256 = '1.2.643.7.1.1.2.2'

const documents: Readonly<Record<string, Uint8Array>> = {
  'req.xml': new TextEncoder().encode('<SignRequest/>'),
  'Договор.pdf': new TextEncoder().encode('%PDF Договор № 17'),
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What the page does with the plug-in: signs the digests that it was shown, and no bytes. */
async function signInBrowser(
  view: Pick<SealBatchView, 'items'>,
  key: TestOrganisationKey,
  signingTime = now,
): Promise<SubmittedSeal[]> {
  const certificate = parseCertificate(key.certificate)
  const signer = { ...createSigningKey(key.pkcs8), spki: certificate.spki }
  const seals: SubmittedSeal[] = []
  for (const { name, sha256, digest } of view.items) {
    const content = {
      looksLikeAttributes: false,
      digest: () => new Uint8Array(Buffer.from(digest, 'hex')),
    }
    const container = await signDigestedContent({
      content,
      encoding: 'ber',
      signers: [{ key: signer, certificate, signingTime }],
    })
    seals.push({ name, sha256, container })
  }

  return seals
}

describe('a batch that a clerk signs in the browser', () => {
  let authority: TestAuthority
  let own: TestOrganisationKey
  let batch: SealBatch
  let view: SealBatchView
  let seals: SubmittedSeal[]
  beforeAll(async () => {
    authority = await createTestAuthority()
    own = await authority.issue()
    batch = {
      key: openAttendedKey(own.certificate),
      madeAt,
      due,
      items: Object.entries(documents).map(([name, bytes]) => ({
        name,
        sha256: sha256(bytes),
        open: (): OctetSource => bytes,
      })),
    }
    view = await viewSealBatch(batch)
    seals = await signInBrowser(view, own)
  })
  const codeOf = async (run: Promise<unknown>): Promise<unknown> => {
    try {
      await run
    } catch (error) {
      return (error as { code?: unknown }).code
    }

    return 'accepted'
  }
  const accept = (submitted: readonly SubmittedSeal[], at = now): Promise<unknown> =>
    codeOf(acceptSealBatch(batch, submitted, { now: at }))

  it('shows the page names and digests, and the thumbprint of the one certificate', () => {
    expect(view).toEqual({
      thumbprint: batch.key.description.sha1,
      due: '2026-06-01T12:00:00.000Z',
      digestAlgorithm: streebog256,
      items: Object.entries(documents).map(([name, bytes]) => ({
        name,
        sha256: sha256(bytes),
        digest: toHex(digestOf(streebog256, bytes)),
      })),
    })
  })

  it('counts when every item came back signed, in any order; BER becomes DER', async () => {
    const accepted = await acceptSealBatch(batch, seals.toReversed(), { now })
    expect(accepted.map(({ name }) => name)).toEqual(Object.keys(documents))
    expect(seals.every(({ container }) => container[1] === 0x80)).toBe(true)
    expect(accepted.every(({ container }) => container[1] === 0x82)).toBe(true)
  })

  it.skipIf(!hasGostEngine())('holds for OpenSSL too', async () => {
    const peer = createOpensslPeer()
    for (const { name, container } of await acceptSealBatch(batch, seals, { now })) {
      const content = documents[name] ?? new Uint8Array()
      expect(peer.accepts(container, { content, authority: authority.certificate })).toBe(true)
    }
    peer.remove()
  })

  it('does not count in part, twice, with more, or under exchanged names', async () => {
    const [first, second] = seals
    if (first === undefined || second === undefined) {
      throw new TypeError('two seals were made')
    }
    expect(await accept([first])).toBe('signer-key.batch-items')
    expect(await accept([first, first])).toBe('signer-key.batch-items')
    expect(await accept([...seals, { ...first, name: 'more' }])).toBe('signer-key.batch-items')
    expect(await accept([first, { ...second, sha256: first.sha256 }])).toBe(
      'signer-key.batch-items',
    )
    expect(
      await accept([
        { ...first, container: second.container },
        { ...second, container: first.container },
      ]),
    ).toBe('signer-key.seal-other-content')
  })

  it('does not count when another certificate signed it', async () => {
    const other = await authority.issue()
    expect(await accept(await signInBrowser(view, other))).toBe('signer-key.seal-other-certificate')
  })

  it('does not count when it was signed before the batch was made, or in the future', async () => {
    for (const at of ['2026-06-01T09:00:00Z', '2026-06-01T11:00:00Z']) {
      expect(await accept(await signInBrowser(view, own, new Date(at)))).toBe(
        'signer-key.seal-signing-time',
      )
    }
  })

  it('goes stale at its due time', async () => {
    expect(await accept(seals, new Date(due.getTime() - 1))).toBe('accepted')
    expect(await accept(seals, due)).toBe('signer-key.batch-stale')
  })

  it('is not made, and does not count, when stored bytes changed', async () => {
    const changed = {
      ...batch,
      items: batch.items.map((item) => ({ ...item, open: () => new Uint8Array(3) })),
    }
    expect(await codeOf(viewSealBatch(changed))).toBe('signer-key.item-changed')
    expect(await codeOf(acceptSealBatch(changed, seals, { now }))).toBe('signer-key.item-changed')
  })

  it('is not made with a revoked certificate, nor empty, nor with a name twice', async () => {
    expect(await codeOf(viewSealBatch(batch, { revocation: { status: 'revoked' } }))).toBe(
      'signer-key.revoked',
    )
    expect(
      await codeOf(acceptSealBatch(batch, seals, { now, revocation: { status: 'revoked' } })),
    ).toBe('signer-key.revoked')
    expect(await codeOf(viewSealBatch({ ...batch, items: [] }))).toBe('signer-key.batch-items')
    const twice = { ...batch, items: [...batch.items, ...batch.items] }
    expect(await codeOf(viewSealBatch(twice))).toBe('signer-key.batch-items')
  })
})
