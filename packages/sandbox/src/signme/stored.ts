import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignmeAccounts } from './accounts.ts'
import type { Signature, SignRequest } from './request.ts'
import { syntheticContent } from './synthetic.ts'

/** Everything of Sign.Me on disk: requests, signatures and files, so that they outlive the process. */
export type Store = {
  readonly saveRequest: (request: SignRequest) => void
  readonly saveSignature: (signature: Signature) => void
  readonly saveAccounts: (accounts: SignmeAccounts) => void
  /** Keeps octets under their SHA-256, which is returned. */
  readonly saveFile: (bytes: Uint8Array) => string
  readonly readFile: (sha256: string) => Promise<Uint8Array>
  readonly requests: () => readonly SignRequest[]
  readonly signatures: () => readonly Signature[]
  readonly accounts: () => Partial<SignmeAccounts>
  /** From which suffixes are derived: of this folder, made once. */
  readonly seed: string
}

const ACCOUNTS = 'accounts.json'
const SEED = 'seed'

/** Opens the folder, making it when it is not there. Files are written whole or not at all. */
export function openStore(folder: string, seed: string | undefined): Store {
  const place = (name: string): string => join(folder, name)
  for (const name of ['requests', 'signatures', 'files']) {
    mkdirSync(place(name), { recursive: true, mode: 0o700 })
  }
  if (seed === undefined && !existsSync(place(SEED))) {
    write(place(SEED), randomBytes(16).toString('hex'))
  }
  const all = (name: string): readonly unknown[] =>
    readdirSync(place(name))
      .filter((file) => /^\d+\.json$/.test(file))
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      .map((file) => JSON.parse(readFileSync(place(join(name, file)), 'utf8')))

  return {
    seed: seed ?? readFileSync(place(SEED), 'utf8'),
    // Those that nobody sent stay in memory, and are none of the next start.
    saveRequest: (request) => {
      if (request.files.some(({ sha256 }) => syntheticContent(sha256) !== undefined)) return
      write(place(`requests/${request.id}.json`), JSON.stringify(request))
    },
    saveSignature: (signature) =>
      write(place(`signatures/${signature.number}.json`), JSON.stringify(signature)),
    saveAccounts: (accounts) => write(place(ACCOUNTS), JSON.stringify(accounts)),
    saveFile: (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = place(`files/${sha256}`)
      if (!existsSync(path)) write(path, bytes)

      return sha256
    },
    readFile: async (sha256) => syntheticContent(sha256) ?? readFile(place(`files/${sha256}`)),
    // The files are ours and written whole.
    requests: () => all('requests') as readonly SignRequest[],
    signatures: () => all('signatures') as readonly Signature[],
    accounts: () =>
      existsSync(place(ACCOUNTS))
        ? (JSON.parse(readFileSync(place(ACCOUNTS), 'utf8')) as Partial<SignmeAccounts>)
        : {},
  }
}

function write(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.tmp`, content, { mode: 0o600 })
  renameSync(`${path}.tmp`, path)
}
