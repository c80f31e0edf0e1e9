import { algorithmOid, digestContent, type OctetSource, toHex } from '@muhr/pki'
import { expectReady, type RevocationAnswer } from '../check-readiness.ts'
import { checkSeal } from '../check-seal.ts'
import { foreignClockMs } from '../create-unattended-key.ts'
import { gostSchemeOf, readCertificate } from '../describe-signer-key.ts'
import { SignerKeyError } from '../error.ts'
import type { AttendedSignerKey } from '../signer-key.ts'

/** One thing to sign. */
export type SealBatchItem = {
  /** As the clerk sees it; one name once in a batch. */
  readonly name: string
  /** Hex, lower case, of the bytes below. */
  readonly sha256: string
  /** Opens the bytes anew: they are read when the batch is made and when its seals are accepted. */
  readonly open: () => OctetSource
}

/** What is signed with one confirmation. */
export type SealBatch = {
  readonly key: AttendedSignerKey
  readonly items: readonly SealBatchItem[]
  /** When it was made, UTC: no seal is older. */
  readonly madeAt: Date
  /** When it goes stale, UTC. */
  readonly due: Date
}

/** What the page is given: no bytes, since the plug-in signs over digests. */
export type SealBatchView = {
  /** SHA-1 of the certificate that must sign, hex: the plug-in finds it by this. */
  readonly thumbprint: string
  readonly due: string
  /** OID of the digest of the key, for the plug-in's hashed data. */
  readonly digestAlgorithm: string
  readonly items: readonly {
    readonly name: string
    readonly sha256: string
    /** The digest to sign over, hex, as the hash emits it. */
    readonly digest: string
  }[]
}

/** What the page sends back for one item. */
export type SubmittedSeal = {
  readonly name: string
  readonly sha256: string
  /** CMS as the plug-in gave it: DER, BER, PEM or base64. */
  readonly container: Uint8Array
}

/** A seal that counts. */
export type AcceptedSeal = {
  readonly name: string
  readonly sha256: string
  /** CMS, DER. */
  readonly container: Uint8Array
}

/**
 * What the page shows and signs. Every item is read once and held against its SHA-256.
 * Throws the readiness codes at `madeAt`, `signer-key.batch-items` (none, or a name twice),
 * `signer-key.item-changed`, and whatever a source throws.
 */
export async function viewSealBatch(
  batch: SealBatch,
  options: { readonly revocation?: RevocationAnswer | undefined } = {},
): Promise<SealBatchView> {
  const { description } = batch.key
  expectReady(description, { at: batch.madeAt, revocation: options.revocation })
  expectDistinct(batch.items)
  const { digestOid } = gostSchemeOf(readCertificate(description.certificate))
  const items: SealBatchView['items'][number][] = []
  for (const item of batch.items) {
    const content = await readItem(item, digestOid)
    const digest = toHex(content.digest(digestOid) ?? new Uint8Array())
    items.push({ name: item.name, sha256: item.sha256, digest })
  }

  return {
    thumbprint: description.sha1,
    due: batch.due.toISOString(),
    digestAlgorithm: digestOid,
    items,
  }
}

/**
 * Takes the seals that the page made: for every item of the batch exactly one, each verified over the
 * item's bytes, which are read anew, by the key's very certificate, and signed since the batch was made.
 * All count or none.
 *
 * @param options.now when they came, UTC
 * @returns the seals in the order of the batch's items, as DER
 * Throws `signer-key.batch-stale`, `signer-key.batch-items`, `signer-key.item-changed`, the readiness
 * codes, and `signer-key.seal-*`.
 */
export async function acceptSealBatch(
  batch: SealBatch,
  submitted: readonly SubmittedSeal[],
  options: { readonly now: Date; readonly revocation?: RevocationAnswer | undefined },
): Promise<readonly AcceptedSeal[]> {
  const { now, revocation } = options
  const { description } = batch.key
  if (now >= batch.due) {
    throw new SignerKeyError({
      code: 'signer-key.batch-stale',
      message: 'The batch is past its due time.',
    })
  }
  expectReady(description, { at: now, revocation })
  const containers = matchSeals(batch.items, submitted)
  const { digestOid } = gostSchemeOf(readCertificate(description.certificate))
  const accepted: AcceptedSeal[] = []
  for (const [index, item] of batch.items.entries()) {
    const content = await readItem(item, digestOid)
    const container = checkSeal(containers[index] ?? new Uint8Array(), {
      description,
      content,
      signingTime: {
        from: new Date(batch.madeAt.getTime() - foreignClockMs),
        to: new Date(now.getTime() + foreignClockMs),
      },
    })
    accepted.push({ name: item.name, sha256: item.sha256, container })
  }

  return accepted
}

/** Reads an item once: its digests, held against its SHA-256. */
async function readItem(item: SealBatchItem, digestOid: string) {
  const content = await digestContent(item.open(), [digestOid, algorithmOid.sha256])
  if (toHex(content.digest(algorithmOid.sha256) ?? new Uint8Array()) !== item.sha256) {
    throw new SignerKeyError({
      code: 'signer-key.item-changed',
      message: 'The bytes of an item are not those that were asked for.',
    })
  }

  return content
}

/** The containers in the order of the items. */
function matchSeals(
  items: readonly SealBatchItem[],
  submitted: readonly SubmittedSeal[],
): readonly Uint8Array[] {
  expectDistinct(items)
  expectDistinct(submitted)
  const byName = new Map(submitted.map((each) => [each.name, each]))
  const containers = items.flatMap(({ name, sha256 }) => {
    const seal = byName.get(name)

    return seal?.sha256 === sha256 ? [seal.container] : []
  })
  if (containers.length !== items.length || submitted.length !== items.length) {
    throw mismatch()
  }

  return containers
}

function expectDistinct(items: readonly { readonly name: string }[]): void {
  if (items.length === 0 || new Set(items.map(({ name }) => name)).size !== items.length) {
    throw mismatch()
  }
}

function mismatch(): SignerKeyError {
  return new SignerKeyError({
    code: 'signer-key.batch-items',
    message: 'The seals are not exactly one for each item of the batch.',
  })
}
