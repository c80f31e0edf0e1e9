import { afterEach, describe, expect, it } from 'vitest'
import {
  createStreebog256,
  hmacGost94,
  hmacStreebog256,
  hmacStreebog512,
  kdfGost3411,
  kdfTreeGost3411,
  type Pbkdf2GostInput,
  pbkdf2Gost,
  streebog256,
} from './index.ts'
import { octetsOfHex } from './octets.ts'
import { hasGostEngine, openssl, withFolder } from './openssl-peer.fixture.ts'
import { GOST_BACKENDS, selectGostBackend } from './testing.ts'

afterEach(() => selectGostBackend(undefined))

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

describe('KDF of RFC 7836', () => {
  const input = {
    key: Uint8Array.from({ length: 32 }, (_, i) => i),
    label: octetsOfHex('26bdb878'),
    seed: octetsOfHex('af21434145656378'),
  }

  it('appendix B, example 9: KDF_GOSTR3411_2012_256', () => {
    expect(hex(kdfGost3411(input))).toBe(
      'a1aa5f7de402d7b3d323f2991c8d4534013137010a83754fd0af6d7cd4922ed9',
    )
  })

  it('appendix B, example 10: KDF_TREE_GOSTR3411_2012_256, R = 1, two keys', () => {
    expect(hex(kdfTreeGost3411({ ...input, byteLength: 64 }))).toBe(
      '22b6837845c6bef65ea71672b265831086d3c76aebe6dae91cad51d83f79d16b' +
        '074c9330599d7f8d712fca54392f4ddde93751206b3584c8f43f9e6dc51531f9',
    )
  })

  it('one step of the tree is the plain function', () => {
    expect(kdfTreeGost3411({ ...input, byteLength: 32 })).toEqual(kdfGost3411(input))
  })

  it('refuses lengths that no counter counts', () => {
    for (const byteLength of [0, 31, 33, 32 * 256]) {
      expect(() => kdfTreeGost3411({ ...input, byteLength })).toThrow('"byteLength"')
    }
    expect(() => kdfTreeGost3411({ ...input, byteLength: 32, counterBytes: 5 })).toThrow(
      '"counterBytes"',
    )
  })
})

describe('PBKDF2, RFC 9337 appendix A.1 (R 50.1.111-2016)', () => {
  const derive = (
    password: string,
    input: Pick<Pbkdf2GostInput, 'iterations'> & { salt: string; byteLength?: number },
  ) =>
    hex(
      pbkdf2Gost({
        prf: 'hmac-streebog-512',
        password: text(password),
        byteLength: 64,
        ...input,
        salt: text(input.salt),
      }),
    )

  it('one iteration', () => {
    expect(derive('password', { salt: 'salt', iterations: 1 })).toBe(
      '64770af7f748c3b1c9ac831dbcfd85c26111b30a8a657ddc3056b80ca73e040d' +
        '2854fd36811f6d825cc4ab66ec0a68a490a9e5cf5156b3a2b7eecddbf9a16b47',
    )
  })

  it('4096 iterations, more octets than one hash, zeros inside the password', () => {
    expect(
      derive('passwordPASSWORDpassword', {
        salt: 'saltSALTsaltSALTsaltSALTsaltSALTsalt',
        iterations: 4096,
        byteLength: 100,
      }),
    ).toBe(
      'b2d8f1245fc4d29274802057e4b54e0a0753aa22fc53760b301cf008679e58fe' +
        '4bee9addcae99ba2b0b20f431a9c5e50f395c89387d0945aedeca6eb4015dfc2' +
        'bd2421ee9bb71183ba882ceebfef259f33f9e27dc6178cb89dc37428cf9cc52a' +
        '2baa2d3a',
    )
    expect(derive('pass\0word', { salt: 'sa\0lt', iterations: 4096 })).toBe(
      '50df062885b69801a3c10248eb0a27ab6e522ffeb20c991c660f001475d73a4e' +
        '167f782c18e97e92976d9c1d970831ea78ccb879f67068cdac1910740844e830',
    )
  })

  it('over GOST R 34.11-94: published answers of R 50.1.111-2016 for one iteration', () => {
    expect(
      hex(
        pbkdf2Gost({
          prf: 'hmac-gost94',
          password: text('password'),
          salt: text('salt'),
          iterations: 1,
          byteLength: 32,
        }),
      ),
    ).toBe('7314e7c04fb2e662c543674253f68bd0b73445d07f241bed872882da21662d58')
  })

  it('refuses counts and lengths that are no positive integers', () => {
    expect(() => derive('', { salt: '', iterations: 0 })).toThrow('"iterations"')
    expect(() => derive('', { salt: '', iterations: 1.5 })).toThrow('"iterations"')
    expect(() => derive('', { salt: '', iterations: 1, byteLength: 0 })).toThrow('"byteLength"')
  })
})

describe.each(GOST_BACKENDS)('PBKDF2 on the backend %s', (backend) => {
  it('is that of its definition, for passwords shorter and longer than a block', () => {
    selectGostBackend(backend)
    for (const [prf, hmac] of [
      ['hmac-streebog-256', hmacStreebog256],
      ['hmac-streebog-512', hmacStreebog512],
    ] as const) {
      for (const length of [0, 9, 64, 65, 200]) {
        const password = new Uint8Array(length).fill(0xa5)
        const salt = text('salt')
        let u = hmac(password, Uint8Array.of(...salt, 0, 0, 0, 1))
        let sum = u
        for (let i = 1; i < 6; i++) {
          u = hmac(password, u)
          sum = sum.map((octet, k) => octet ^ (u[k] as number))
        }
        const input = { prf, password, salt, byteLength: sum.length }
        expect(hex(pbkdf2Gost({ ...input, iterations: 6 }))).toBe(hex(sum))
      }
    }
  })

  it('leaves a hash that is under way alone', () => {
    selectGostBackend(backend)
    const hash = createStreebog256().update(text('a message in '))
    pbkdf2Gost({
      prf: 'hmac-streebog-512',
      password: text('p'),
      salt: text('s'),
      iterations: 3,
      byteLength: 64,
    })
    expect(hex(hash.update(text('two parts')).digest())).toBe(
      hex(streebog256(text('a message in two parts'))),
    )
  })
})

describe.skipIf(!hasGostEngine)('against OpenSSL with gost-engine', () => {
  it('agrees on PBKDF2 over each hash', () => {
    withFolder((folder) => {
      for (const [digest, prf] of [
        ['md_gost12_256', 'hmac-streebog-256'],
        ['md_gost12_512', 'hmac-streebog-512'],
        ['md_gost94', 'hmac-gost94'],
      ] as const) {
        const options = [`digest:${digest}`, 'pass:password', 'salt:salty', 'iter:50']
        const args = options.flatMap((option) => ['-kdfopt', option])
        const { stdout } = openssl(folder, ['kdf', '-keylen', '70', '-binary', ...args, 'PBKDF2'])
        expect(
          hex(
            pbkdf2Gost({
              prf,
              password: text('password'),
              salt: text('salty'),
              iterations: 50,
              byteLength: 70,
            }),
          ),
        ).toBe(hex(stdout))
      }
    })
  })

  it('agrees on HMAC over GOST R 34.11-94 for short and long keys', () => {
    withFolder((folder) => {
      for (const length of [1, 32, 33, 70]) {
        const key = new Uint8Array(length).fill(0xa7)
        const message = text('message')
        const args = ['dgst', '-md_gost94', '-mac', 'HMAC', '-macopt', `hexkey:${hex(key)}`]
        const { stdout } = openssl(folder, [...args, '-binary'], message)
        expect(hex(hmacGost94(key, message, { sbox: 'cryptopro' }))).toBe(hex(stdout))
      }
    })
  })
})
