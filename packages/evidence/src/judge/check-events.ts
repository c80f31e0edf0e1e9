import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { type ChainedEvent, checkEventChain, genesisHash } from '../event-chain.ts'
import type { Manifest } from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import { parseJson } from '../stored-reports.ts'
import { type BundleOutcome, failed, orPassed } from './outcome.ts'

const eventSchema = z.strictObject({
  envelopeId: z.string(),
  seq: z.int(),
  at: z.string(),
  type: z.string(),
  actor: z.unknown(),
  signingId: z.string().optional(),
  requestId: z.string().optional(),
  artifactId: z.string().optional(),
  data: z.unknown(),
  prevHash: z.string(),
  hash: z.string(),
})

/** One event of a line, undefined when the line is not as it is written. */
function readEvent(line: string): ChainedEvent | undefined {
  const parsed = eventSchema.safeParse(parseJson(line))

  return parsed.success && canonicalJson(parsed.data) === line ? parsed.data : undefined
}

/** Computes the audit chain of `events.jsonl` again, to the hash that the manifest names. */
export function checkEvents(files: BundleFiles, manifest: Manifest): readonly BundleOutcome[] {
  const bytes = files.get('events.jsonl')
  if (bytes === undefined) {
    return []
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const lines = text.split('\n')
  const events: ChainedEvent[] = []
  if (lines.pop() !== '') {
    return [failed('events', 'last-line-cut')]
  }
  for (const [index, line] of lines.entries()) {
    const event = readEvent(line)
    if (event === undefined) {
      return [failed('events', `line-unreadable ${index + 1}`)]
    }
    events.push(event)
  }
  const { intact, brokenAt } = checkEventChain(events)
  const { id, lastEvent, eventHash } = manifest.envelope
  const last = events.at(-1)

  return orPassed('events', [
    ...(intact ? [] : [failed('events', `chain-broken-at ${brokenAt}`)]),
    ...((last?.seq ?? 0) === lastEvent && (last?.hash ?? genesisHash) === eventHash
      ? []
      : [failed('events', 'end-of-chain-mismatch')]),
    ...(events.every(({ envelopeId }) => envelopeId === id)
      ? []
      : [failed('events', 'of-another-envelope')]),
  ])
}
