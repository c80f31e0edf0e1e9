import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { latin1Of, toHex } from '../asn1/bytes.ts'
import { parsePkcs8 } from '../keys/pkcs8.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasFixtures, listFixtures, readFixture } from '../test-support/fixtures.ts'
import { derivePinKey, pinCodes } from './derive-pin-key.ts'
import { openCryptoProContainer } from './open-container.ts'
import { parseContainerMasks } from './parse-container.ts'

const folder = 'ru/cryptopro'
const containers = listFixtures(folder).filter((name) => name.endsWith('.000'))

type Expected = {
  readonly pin: string
  readonly d_big_endian_hex: string
  readonly publicKey_le_xy_hex: string
  readonly certSha256?: string
  readonly exportable?: boolean
}

const expectedOf = (name: string): Expected =>
  JSON.parse(latin1Of(readFixture(`${folder}/${name}/expected.json`)))

const filesOf = (name: string): Map<string, Uint8Array> =>
  new Map(
    listFixtures(`${folder}/${name}`)
      .filter((file) => file.endsWith('.key'))
      .map((file) => [file, readFixture(`${folder}/${name}/${file}`)]),
  )

describe.skipIf(!hasFixtures(folder))('containers of CryptoPro CSP and others', () => {
  it('are all here', () => {
    expect(containers.length).toBeGreaterThanOrEqual(7)
  })

  it.each(containers)('%s opens to the expected key', (name) => {
    const expected = expectedOf(name)
    const { key } = openCryptoProContainer({ files: filesOf(name), pin: expected.pin })
    expect(toHex(key.publicKey)).toBe(expected.publicKey_le_xy_hex)
    if (expected.certSha256 !== undefined && key.certificate !== null) {
      const sha256 = createHash('sha256').update(key.certificate).digest('hex')
      expect(sha256).toBe(expected.certSha256)
    }
    if (key.exportable) {
      const parsed = parsePkcs8(key.exportPkcs8())
      const d = parsed.type === 'gost' ? toHex(parsed.privateKey.toReversed()) : ''
      expect(d).toBe(expected.d_big_endian_hex)
    } else {
      expect(codeOf(() => key.exportPkcs8())).toBe('key.not-exportable')
    }
    if (!key.scheme.legacy) {
      const { spki, scheme, sign } = key.signingKey()
      const data = Uint8Array.of(1)
      expect(verifySignature({ spki, scheme, data, signature: sign(data) })).toBe(true)
    }
    if (expected.pin !== '') {
      const wrong = () => openCryptoProContainer({ files: filesOf(name), pin: `${expected.pin}0` })
      expect(codeOf(wrong)).toBe('cryptopro.wrong-pin')
    }
  })

  it('the published one of CryptoPro CSP: key of the PIN, both pairs, never exported', () => {
    const name = 'pub-2012-256.000'
    const files = filesOf(name)
    const { salt } = parseContainerMasks(files.get('masks.key') ?? new Uint8Array())
    const [code = new Uint16Array()] = pinCodes('123456')
    expect(toHex(derivePinKey({ hash: 'streebog-256', code, salt }))).toBe(
      'b673d843765567890d6f21256f1ddbd0a70920d5b8f7dde18a8036356a5456cf',
    )
    const reserve = new Map(files)
    reserve.delete('masks.key')
    reserve.delete('primary.key')
    const fromBoth = [files, reserve].map((each) =>
      openCryptoProContainer({ files: each, pin: '123456' }),
    )
    expect(fromBoth.map(({ pair }) => pair)).toEqual(['primary', 'reserve'])
    expect(fromBoth[0]?.key.publicKey).toEqual(fromBoth[1]?.key.publicKey)
    expect(fromBoth.map(({ key }) => key.exportable)).toEqual([false, false])
    expect(fromBoth[0]?.notAfter).toEqual(new Date('2022-02-11T16:39:59Z'))
  })
})

describe('derivePinKey', () => {
  const salt = Uint8Array.from({ length: 12 }, (_, i) => i)

  it.each([
    ['streebog-256', 'a1fc15f4bef6759a1798df42aeba2688e2b058c4ce90580204bc5f518c17de4c'],
    ['gost-34.11-94', '674613b4128cfbcbf07b015dda0729819826c4914109c97949bc87fe9740471b'],
  ] as const)('the empty PIN under %s', (hash, hex) => {
    expect(toHex(derivePinKey({ hash, code: new Uint16Array(), salt }))).toBe(hex)
  })
})
