import { createHash, createPublicKey, type KeyObject, setEngine, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The peer of the folder: the same documents hashed and the same signatures checked by gost-engine inside
 * Node.js. What a container holds was taken apart before, so that only hashes and checks are measured.
 *
 * Arguments: path of the engine, folder, JSON file of `{ name, checks: [{ data, signature, spki }] }[]`.
 */
const [engine = '', folder = '', file = ''] = process.argv.slice(2)
setEngine(engine)

type Entry = {
  readonly name: string
  readonly checks: readonly {
    readonly data: string
    readonly signature: string
    readonly spki: string
  }[]
}

const keys = new Map<string, KeyObject>()

function keyOf(spki: string): KeyObject {
  const known = keys.get(spki)
  if (known !== undefined) {
    return known
  }
  const make = () =>
    createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
  let key: KeyObject
  try {
    key = make()
  } catch {
    // The first hash of the engine leaves an entry in OpenSSL's error queue that this trips over once.
    key = make()
  }
  keys.set(spki, key)

  return key
}

const entries = JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[]
for (const { name, checks } of entries) {
  createHash('md_gost12_256')
    .update(readFileSync(join(folder, name)))
    .digest()
  for (const { data, signature, spki } of checks) {
    if (
      !verify(
        'md_gost12_256',
        Buffer.from(data, 'base64'),
        keyOf(spki),
        Buffer.from(signature, 'base64'),
      )
    ) {
      process.stderr.write(`${name}: a signature does not hold\n`)
      process.exit(1)
    }
  }
}
