import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('./streebog-constants.ts')
  vi.doUnmock('./gost28147-sboxes.ts')
  vi.doUnmock('./curve-answers.ts')
  vi.doUnmock('./sign-core.ts')
  vi.doUnmock('./verify-core.ts')
  vi.resetModules()
})

describe('start-up check', () => {
  it('passes on the code as it is, and again', async () => {
    const { selfTest } = await import('./index.ts')
    expect(() => selfTest()).not.toThrow()
    expect(() => selfTest()).not.toThrow()
  })

  it('one wrong octet in a table of Streebog stops every hash, at each call', async () => {
    vi.doMock('./streebog-constants.ts', async (original) => {
      const constants = await original<typeof import('./streebog-constants.ts')>()

      return { ...constants, PI_HEX: constants.PI_HEX.replace(/^fc/, 'fd') }
    })
    const { streebog256, hmacStreebog512, gost94, signDigest, selfTest } = await import(
      './index.ts'
    )
    const digest = new Uint8Array(32).fill(1)
    for (const use of [
      () => streebog256(digest),
      () => streebog256(digest),
      () => hmacStreebog512(digest, digest),
      () => gost94(digest, { sbox: 'd-test' }),
      () => signDigest({ curve: 'cryptopro-A', privateKey: digest, digest }),
      () => selfTest(),
    ]) {
      expect(use).toThrow('self-test failed: RFC 6986')
    }
  })

  it('one wrong digit in a substitution stops every use of the ciphers that have it', async () => {
    vi.doMock('./gost28147-sboxes.ts', async (original) => {
      const sboxes = await original<typeof import('./gost28147-sboxes.ts')>()
      const sboxTableOf: typeof sboxes.sboxTableOf = (sbox) => {
        const table = Int32Array.from(sboxes.sboxTableOf(sbox))
        table[0x155] = (table[0x155] as number) ^ 0x800

        return table
      }

      return { ...sboxes, sboxTableOf }
    })
    const { encryptEcb, macGost28147, selfTest } = await import('./index.ts')
    const key = new Uint8Array(32)
    for (const use of [
      () => encryptEcb(new Uint8Array(8), { cipher: 'magma', key }),
      () => macGost28147(new Uint8Array(8), { key, sbox: 'cryptopro-a' }),
      () => selfTest(),
    ]) {
      expect(use).toThrow('self-test failed')
    }
  })

  it('wrong signature arithmetic stops signing and verifying', async () => {
    vi.doMock('./sign-core.ts', async (original) => {
      const core = await original<typeof import('./sign-core.ts')>()
      const signWithNonce: typeof core.signWithNonce = (curve, numbers) => {
        const signature = core.signWithNonce(curve, numbers)

        return signature && { ...signature, s: curve.q - signature.s }
      }

      return { signWithNonce }
    })
    const { signDigest, derivePublicKey, selfTest } = await import('./index.ts')
    const { selectGostBackend } = await import('./testing.ts')
    selectGostBackend('typescript')
    const octets = new Uint8Array(64).fill(1)
    const input = { curve: 'tc26-512-A', privateKey: octets, digest: octets } as const
    expect(() => signDigest(input)).toThrow('self-test failed: RFC 7091 7.2')
    expect(() => derivePublicKey('tc26-512-A', octets)).toThrow('self-test failed: RFC 7091 7.2')
    expect(() => selfTest()).toThrow('self-test failed: RFC 7091 7.1')
  })

  it('a verifier that accepts everything is stopped', async () => {
    vi.doMock('./verify-core.ts', () => ({ verifyWithPoint: () => true }))
    const { verifyDigest } = await import('./index.ts')
    const { selectGostBackend } = await import('./testing.ts')
    selectGostBackend('typescript')
    const signature = { byteLength: 32, r: 1n, s: 1n } as const
    const publicKey = new Uint8Array(64).fill(1)
    const digest = new Uint8Array(32).fill(1)
    expect(() => verifyDigest({ curve: 'cryptopro-A', publicKey, digest, signature })).toThrow(
      'self-test failed: RFC 7091 7.1',
    )
  })

  it('a module that computes wrongly is stopped, on every use of its curve', async () => {
    vi.doMock('./curve-answers.ts', async (original) => {
      const answers = await original<typeof import('./curve-answers.ts')>()

      return { ...answers, answerDigest: (n: number) => answers.answerDigest(n).with(1, 0) }
    })
    const { verifyDigest } = await import('./index.ts')
    const signature = { byteLength: 32, r: 1n, s: 1n } as const
    const publicKey = new Uint8Array(64).fill(1)
    const digest = new Uint8Array(32).fill(1)
    for (let use = 0; use < 2; use++) {
      expect(() => verifyDigest({ curve: 'cryptopro-A', publicKey, digest, signature })).toThrow(
        'self-test failed: cryptopro-A',
      )
    }
  })
})
