import { createHash, type KeyObject, sign } from 'node:crypto'
import { type SchemeId, schemeById } from '../keys/schemes.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { parseSpki } from '../keys/spki.ts'

const digestNames = new Map<string, string>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

/** For tests: a key pair of Node as a signer of any scheme that it can sign, history included. */
export const nodeSigner = (
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  scheme: SchemeId,
): SigningKey => {
  const found = schemeById(scheme)
  return {
    scheme: found,
    spki: parseSpki(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))),
    sign: (data) => new Uint8Array(sign(digestNames.get(found.digestOid), data, privateKey)),
  }
}

/** SHA-256 by Node. */
export const sha256 = (data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(data).digest())
