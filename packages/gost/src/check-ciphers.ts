/**
 * Start-up check of the ciphers: published known answers, once, before the first block is given out.
 * @module
 */
import { Gost28147Core } from './gost28147-core.ts'
import { sboxTableOf } from './gost28147-sboxes.ts'
import { KuznyechikCore } from './kuznyechik-core.ts'
import { MagmaCore } from './magma-core.ts'
import { equalOctets, octetsOfHex, viewOf } from './octets.ts'

const KUZNYECHIK_KEY = '8899aabbccddeeff0011223344556677fedcba98765432100123456789abcdef'
const MAGMA_KEY = 'ffeeddccbbaa99887766554433221100f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'
/** "This is message", FF, " length", 00, "32 bytes": a key of the library libgcl3. */
const TEXT_KEY = '54686973206973206d657373616765ff206c656e677468003332206279746573'

/** The imitovstavka of 128 octets "U" under the first CryptoPro substitution, 4 octets. */
const macOfLetters = (): Uint8Array => {
  const key = viewOf(octetsOfHex(TEXT_KEY))
  const words = Int32Array.from({ length: 8 }, (_, i) => key.getInt32(4 * i, true))
  const core = new Gost28147Core(sboxTableOf('cryptopro-a'), words)
  for (let block = 0; block < 16; block++) {
    const [n1, n2] = core.words
    core.mac((n1 as number) ^ 0x55555555, (n2 as number) ^ 0x55555555)
  }
  const tag = new Uint8Array(4)
  viewOf(tag).setInt32(0, core.words[0] as number, true)

  return tag
}

const encryptAndBack = (
  cipher: { readonly encrypt: (b: Uint8Array) => void; readonly decrypt: (b: Uint8Array) => void },
  plain: string,
): Uint8Array => {
  const block = octetsOfHex(plain)
  cipher.encrypt(block)
  const back = Uint8Array.from(block)
  cipher.decrypt(back)

  return equalOctets(back, octetsOfHex(plain)) ? block : new Uint8Array(0)
}

type KnownAnswer = {
  readonly name: string
  readonly run: () => Uint8Array
  readonly hex: string
}

/** Each names where its figure is published. */
const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  {
    name: 'RFC 8891 A.4, Magma',
    run: () => encryptAndBack(new MagmaCore(octetsOfHex(MAGMA_KEY)), 'fedcba9876543210'),
    hex: '4ee901e5c2d8ca3d',
  },
  {
    name: 'RFC 7801 5.5, Kuznyechik',
    run: () =>
      encryptAndBack(
        new KuznyechikCore(octetsOfHex(KUZNYECHIK_KEY)),
        '1122334455667700ffeeddccbbaa9988',
      ),
    hex: '7f679d90bebc24305a468d42b9d4edcd',
  },
  { name: 'libgcl3, GOST 28147-89 imitovstavka', run: macOfLetters, hex: '1a06d1ba' },
]

let isChecked = false

/**
 * Runs the known answers at the first call, and does nothing at later ones.
 * @throws Error naming the answer that does not come out; every later call throws again.
 */
export function checkCiphers(): void {
  if (isChecked) return
  for (const answer of KNOWN_ANSWERS) {
    if (!equalOctets(answer.run(), octetsOfHex(answer.hex))) {
      throw new Error(`self-test failed: ${answer.name}`)
    }
  }
  isChecked = true
}
