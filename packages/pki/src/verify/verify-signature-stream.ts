import { collectOctets, OctetReader, type OctetSource } from '../asn1/index.ts'
import {
  beginsAsSignedData,
  type DigestibleContent,
  digestContent,
  digestibleContent,
  readSignedDataStream,
  type SignedDataFields,
} from '../cms/index.ts'
import { looksLikeSignature } from '../cms/looks-like-signature.ts'
import { type PolicyName, policyByName, type VerificationPolicy } from '../policy/index.ts'
import type { ContainerReading } from './container-format.ts'
import { readContainer } from './container-formats.ts'
import { gatherFactsOfReading } from './gather-facts.ts'
import { judge } from './judge.ts'
import {
  decodeSignedData,
  readingOrCode,
  readSignatures,
  type SignedContent,
} from './read-cms-container.ts'
import type { VerificationInput } from './types.ts'
import type { Verification } from './verify-signature.ts'

/** What {@link verifySignatureStream} is given. */
export type StreamVerificationInput = Omit<VerificationInput, 'container' | 'content'> & {
  readonly container: OctetSource
  /** The stored content; needed for a detached signature, compared with an attached one. */
  readonly content?: OctetSource
  readonly policy: PolicyName | VerificationPolicy
  /**
   * Octets that may be kept in memory: a container of another form than DER or BER, or what stands in
   * one beside its content. 64 MiB by default.
   */
  readonly maxBytes?: number
}

/** Octets in which the beginning of a DER or BER container is known. */
const headOctets = 64

const usedDigests = ({ signerInfos }: SignedDataFields): readonly string[] => [
  ...new Set(signerInfos.map(({ digestAlgorithm }) => digestAlgorithm.oid)),
]

/** The content of a detached signature: all that is not there is digested, once. */
const detachedContent = async (
  fields: SignedDataFields,
  given: OctetSource | undefined,
): Promise<SignedContent> =>
  given === undefined
    ? { state: 'absent', content: digestibleContent(undefined) }
    : { state: 'given', content: await digestContent(given, usedDigests(fields)) }

const readBinary = async (
  reader: OctetReader,
  { given, maxBytes }: { readonly given: OctetSource | undefined; readonly maxBytes: number },
): Promise<ContainerReading> => {
  const { fields, content, isExpected } = await readSignedDataStream(reader, {
    expected: given,
    maxWholeBytes: maxBytes,
  })
  const attached = (there: DigestibleContent): SignedContent => ({
    state: isExpected ? 'attached' : 'differs',
    content: there,
  })
  return readSignatures(
    fields,
    content === undefined ? await detachedContent(fields, given) : attached(content),
  )
}

/** The rest of a source, of which the reader has looked at the beginning. */
async function* restOf(reader: OctetReader): AsyncGenerator<Uint8Array> {
  const wanted = Number.MAX_SAFE_INTEGER
  for (;;) {
    const piece = await reader.takePiece(wanted)
    if (piece === undefined) {
      return
    }
    yield piece
  }
}

const readStream = async ({
  container,
  content: given,
  maxBytes = 64 * 1024 * 1024,
}: StreamVerificationInput): Promise<ContainerReading> => {
  const reader = new OctetReader(container)
  if (beginsAsSignedData(await reader.peek(headOctets))) {
    return readingOrCode(() => readBinary(reader, { given, maxBytes }))
  }
  const whole = await collectOctets(restOf(reader), { maxBytes })
  if (looksLikeSignature(whole)) {
    return readingOrCode(async () => {
      const data = decodeSignedData(whole)
      return data.content === undefined
        ? readSignatures(data, await detachedContent(data, given))
        : readContainer({
            container: whole,
            content: given === undefined ? undefined : await collectOctets(given, { maxBytes }),
          })
    })
  }
  return readContainer({
    container: whole,
    content: given === undefined ? undefined : await collectOctets(given, { maxBytes }),
  })
}

/**
 * {@link verifySignature} for signatures and contents of any size: one pass, in constant memory, where
 * the container is CMS in DER or BER, attached or detached. Containers of other forms (PEM, base64, XML)
 * are read whole, up to `maxBytes`; so is the content of an XML signature. The report is the same.
 *
 * A source is an array, something that can be read at any place (`{ size, read(offset, length) }`, as a
 * file handle or a Blob wrapped), or any async iterable of octets; each is read once.
 *
 * Throws `container.not-a-signature`, `container.unsupported-format`, `policy.unknown`,
 * `asn1.too-large` for what must be read whole and is not to, `source.cut`, and whatever a source throws.
 *
 * @example
 * const file = await open('contract.pdf')
 * const { size } = await file.stat()
 * const read = async (offset: number, length: number, into = new Uint8Array(length)) => {
 *   const { bytesRead, buffer } = await file.read(into, 0, length, offset)
 *   return buffer.subarray(0, bytesRead)
 * }
 * const { report } = await verifySignatureStream({
 *   container: signature, content: { size, read }, trust, policy: 'etsi-basic', now: new Date(),
 * })
 */
export const verifySignatureStream = async (
  input: StreamVerificationInput,
): Promise<Verification> => {
  const policy = typeof input.policy === 'string' ? policyByName(input.policy) : input.policy
  const { facts, material } = await gatherFactsOfReading(await readStream(input), {
    ...input,
    policy,
  })
  return { report: judge(facts, policy), material, facts }
}
