import type { StoredMaterial, VerificationMaterial } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import type { MaterialDigests } from './report-store.ts'

/** Keeps what a judgement rested on, byte for byte, and gives its digests. */
export async function storeMaterial(
  { store }: Pick<AppContext, 'store'>,
  material: VerificationMaterial,
): Promise<MaterialDigests> {
  const keep = async (items: VerificationMaterial['certificates']): Promise<readonly string[]> => {
    for (const item of items) {
      await store.put(item.bytes)
    }

    return items.map((item) => item.sha256)
  }

  return {
    certificates: await keep(material.certificates),
    ocsp: await keep(material.ocsp),
    crls: await keep(material.crls),
    timestamps: await keep(material.timestamps),
  }
}

/**
 * The certificates that an earlier judgement found. Its revocation answers are left where they are: a
 * judgement anew asks anew, and an answer that did not help then would only stand in the way.
 */
export async function readCertificates(
  { store }: Pick<AppContext, 'store'>,
  { certificates }: MaterialDigests,
): Promise<StoredMaterial> {
  return {
    certificates: await Promise.all(certificates.map((sha256) => store.read(sha256 as never))),
  }
}
