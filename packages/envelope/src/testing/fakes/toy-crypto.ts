import type { Recipient } from '../../model.ts'
import type { NationalIdentifiers, Verdict } from '../../words.ts'
import type { Verifier } from '../core/core-types.ts'
import { digestOf } from '../samples.ts'

/** A toy signature container: who, over which digest, and a proof that only their key can make. */
type Container = { readonly person: string; readonly over: string; readonly mac: string }

const issuer = 'toy certification authority'

/** The name in a toy certificate: every national identifier of a person, in one order. */
export function personText(identifiers: NationalIdentifiers): string {
  return Object.entries(identifiers)
    .filter(([, value]) => value !== undefined)
    .map(([kind, value]) => `${kind}=${value}`)
    .sort()
    .join(' ')
}

function macOf(person: string, over: string): string {
  const key = digestOf(`${issuer} ${person}`)

  return digestOf(`${key} ${over}`)
}

/** Signs bytes as a person; `salt` makes another container over the same bytes. */
export function toySign(
  identifiers: NationalIdentifiers,
  content: Uint8Array,
  salt = '',
): Uint8Array {
  const person = personText(identifiers)
  const over = digestOf(content)
  const container: Container & { readonly salt: string } = {
    person,
    over,
    mac: macOf(person, over),
    salt,
  }

  return Buffer.from(JSON.stringify(container))
}

function readContainer(bytes: Uint8Array): Container | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (typeof parsed !== 'object' || parsed === null) {
      return undefined
    }
    const { person, over, mac } = parsed as Partial<Container>

    return typeof person === 'string' && typeof over === 'string' && typeof mac === 'string'
      ? { person, over, mac }
      : undefined
  } catch {
    return undefined
  }
}

/** A verifier of toy containers that really checks them, and whose trust data can be withheld. */
export function createToyVerifier(): {
  readonly verifier: Verifier
  readonly withholdTrust: (withheld: boolean) => void
} {
  let isWithheld = false

  return {
    withholdTrust: (withheld) => {
      isWithheld = withheld
    },
    verifier: async ({ artifact, content, recipient }) =>
      judge(readContainer(artifact), { content, recipient, isWithheld }),
  }
}

function judge(
  container: Container | undefined,
  context: {
    readonly content: Uint8Array
    readonly recipient: Recipient
    readonly isWithheld: boolean
  },
): Verdict {
  const isOver = container?.over === digestOf(context.content)
  const isSound =
    container !== undefined && container.mac === macOf(container.person, container.over)
  const isPerson = container?.person === personText(context.recipient.identifiers)
  const facts = {
    content: isOver ? 'match' : 'mismatch',
    identity: container === undefined ? 'unknown' : isPerson ? 'match' : 'mismatch',
  } as const
  const judgement = !isSound
    ? ({ indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE' } as const)
    : !isOver
      ? ({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' } as const)
      : context.isWithheld
        ? ({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' } as const)
        : ({ indication: 'TOTAL-PASSED' } as const)

  return {
    ...judgement,
    ...facts,
    report: digestOf(JSON.stringify([judgement, facts, container ?? null])),
  }
}
