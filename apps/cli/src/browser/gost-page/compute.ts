import * as gost from '@muhr/gost'
import { createGostPool } from '@muhr/gost/pool'

/** What the page and Node are asked alike: plain data, so that both answers can be compared. */
export async function compute() {
  const message = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) ^ (i >> 8))
  const signatures = (['cryptopro-A', 'tc26-512-A', 'tc26-256-A'] as const).map((curve) => {
    const { byteLength } = gost.curveOf(curve)
    const privateKey = new Uint8Array(byteLength).fill(5)
    const digest = byteLength === 32 ? gost.streebog256(message) : gost.streebog512(message)
    const signature = gost.signDigest({ curve, privateKey, digest })
    const input = { curve, digest, publicKey: gost.derivePublicKey(curve, privateKey), signature }

    return {
      curve,
      octets: hexOf(gost.encodeSignature('RU', signature)),
      isAccepted: gost.verifyDigest(input),
      isAlteredAccepted: gost.verifyDigest({ ...input, digest: digest.map((octet) => octet ^ 1) }),
      input,
    }
  })
  const pool = createGostPool({ size: 2 })
  const [first] = signatures
  const many = Array.from({ length: 20 }, () => first?.input).filter((input) => input !== undefined)
  const inPool = await pool.verifyDigests(many)
  await pool.close()

  return {
    backend: gost.gostBackend(),
    digests: [
      gost.streebog256(message),
      gost.streebog512(message),
      gost.gost94(message, { sbox: 'd-test' }),
      gost.gost94(message, { sbox: 'cryptopro' }),
    ].map(hexOf),
    signatures: signatures.map(({ input, ...rest }) => rest),
    inPool,
  }
}

function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}
