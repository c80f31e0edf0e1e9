import { equalOctets } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { digestByOid, isKnownDigest } from '../keys/index.ts'
import type { DigestibleContent } from './digestible-content.ts'
import { readSignedAttributes } from './read-signed-attributes.ts'
import type { SignedDataFields, SignerInfo } from './types.ts'

const differs = (): PkiError =>
  new PkiError({
    code: 'cms.content-differs',
    message: 'The signatures are over different contents.',
  })

const unknown = (): PkiError =>
  new PkiError({
    code: 'cms.content-unknown',
    message: 'Nothing shows that the signatures are over the same content.',
  })

const messageDigestOf = (signerInfo: SignerInfo, contentType: string): Uint8Array | undefined =>
  readSignedAttributes(signerInfo, contentType).messageDigest

/**
 * Holds every signature of a container to a content: the messageDigest of each must be its digest.
 * Throws `cms.content-differs`; `cms.content-unknown` for a signature without attributes, or with a
 * digest that we do not compute.
 */
export const expectContent = (
  { signerInfos, contentType }: SignedDataFields,
  content: DigestibleContent,
): void => {
  for (const signerInfo of signerInfos) {
    const { oid } = signerInfo.digestAlgorithm
    const declared = messageDigestOf(signerInfo, contentType)
    const computed = isKnownDigest(oid) ? content.digest(oid) : undefined
    if (declared === undefined || computed === undefined) {
      throw unknown()
    }
    if (!equalOctets(declared, computed)) {
      throw differs()
    }
  }
}

/** Digests that the signatures of a container declare, by the name of the algorithm. */
const declaredDigests = ({
  signerInfos,
  contentType,
}: SignedDataFields): ReadonlyMap<string, Uint8Array> => {
  const declared = new Map<string, Uint8Array>()
  for (const signerInfo of signerInfos) {
    const { oid } = signerInfo.digestAlgorithm
    const digest = messageDigestOf(signerInfo, contentType)
    if (digest === undefined) {
      throw unknown()
    }
    const name = isKnownDigest(oid) ? digestByOid(oid).name : oid
    if (!equalOctets(declared.get(name) ?? digest, digest)) {
      throw differs()
    }
    declared.set(name, digest)
  }
  return declared
}

/**
 * Holds detached signatures to each other without their content: each container must share a digest
 * algorithm with those before it, and no two digests of one algorithm may differ.
 * Throws `cms.content-differs`, `cms.content-unknown`.
 */
export const expectSameDigests = (containers: readonly SignedDataFields[]): void => {
  const known = new Map<string, Uint8Array>()
  for (const [index, container] of containers.entries()) {
    const declared = declaredDigests(container)
    const shared = [...declared].filter(([name]) => known.has(name))
    if (shared.some(([name, digest]) => !equalOctets(known.get(name) ?? digest, digest))) {
      throw differs()
    }
    if (index > 0 && shared.length === 0) {
      throw unknown()
    }
    for (const [name, digest] of declared) {
      known.set(name, digest)
    }
  }
}
