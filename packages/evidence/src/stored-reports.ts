import type { VerificationReport } from '@muhr/pki'
import { z } from 'zod'
import { readableJson } from './canonical-json.ts'

const indication = z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'])
const algorithm = z.object({ oid: z.string(), name: z.string() })

/** What the pages read of a report; further fields of later versions are kept and not read. */
const signatureSchema = z.looseObject({
  indication,
  subIndication: z.string().optional(),
  format: z.string(),
  country: z.string().nullable(),
  signatureAlgorithm: algorithm,
  digestAlgorithm: algorithm,
  cryptography: z.string(),
  contentDigest: z.string(),
  level: z.string(),
  signer: z.looseObject({ subject: z.string(), name: z.string(), serialNumber: z.string() }),
  chain: z.array(
    z.looseObject({ subject: z.string(), serialNumber: z.string(), sha256: z.string() }),
  ),
  anchor: z.looseObject({ subject: z.string(), sha256: z.string() }).optional(),
  revocation: z.array(
    z.looseObject({
      serialNumber: z.string(),
      source: z.string(),
      status: z.string(),
      thisUpdate: z.string().optional(),
    }),
  ),
  signingTime: z.string().optional(),
  timestamps: z.array(z.looseObject({ genTime: z.string(), valid: z.boolean() })),
  checks: z.array(
    z.looseObject({
      name: z.string(),
      result: z.enum(['passed', 'failed', 'indeterminate']),
      detail: z.string().optional(),
    }),
  ),
})

const storedReportsSchema = z.strictObject({
  sandbox: z.boolean(),
  signatures: z.array(
    z.strictObject({
      path: z.string(),
      report: z.looseObject({
        indication,
        subIndication: z.string().optional(),
        policy: z.string(),
        validationTime: z.string(),
        sandbox: z.boolean(),
        signatures: z.array(signatureSchema),
      }),
    }),
  ),
})

/** `report.json`: what was found when the signatures were received, one report for each container. */
export type StoredReports = {
  readonly sandbox: boolean
  readonly signatures: readonly { readonly path: string; readonly report: VerificationReport }[]
}

/** The bytes of `report.json`. */
export function encodeStoredReports(reports: StoredReports): Uint8Array {
  return Buffer.from(readableJson(reports), 'utf8')
}

/** Reads `report.json`; undefined when it is not as {@link encodeStoredReports} writes it. */
export function readStoredReports(bytes: Uint8Array): StoredReports | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const value = parseJson(text)
  // Checked for every field that is read; the names of codes are open to later versions.
  const parsed = storedReportsSchema.safeParse(value)

  return parsed.success && readableJson(value) === text
    ? (parsed.data as unknown as StoredReports)
    : undefined
}

/** The value of a JSON text, undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
