import { z } from 'zod'

const authoritySchema = z
  .object({
    country: z.enum(['KZ', 'RU', 'UZ']),
    kind: z.enum(['root', 'issuing']),
    environment: z.enum(['production', 'test']),
    name: z.string(),
    generation: z.string(),
  })
  .describe('A published national authority, known by its fingerprint')

const certificateFields = {
  sha256: z.string().describe('Fingerprint of the DER, hex'),
  name: z.string().describe('Common name, else the whole subject'),
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  authority: authoritySchema.optional(),
  fault: z
    .enum(['not-authority', 'sandbox', 'test-environment'])
    .optional()
    .describe('Why it may not be an anchor; one that an operator put there is told, not hidden'),
}

export const trustRootSchema = z
  .object({
    ...certificateFields,
    source: z
      .enum(['configured', 'sandbox'])
      .describe('`sandbox`: of the test authority, for the policy `sandbox` alone'),
    added: z
      .object({ at: z.string(), actor: z.unknown(), name: z.string().optional() })
      .optional()
      .describe('Through the API; one that came otherwise has none'),
  })
  .meta({ id: 'TrustRoot' })
export type TrustRootBody = z.infer<typeof trustRootSchema>

export const trustListSchema = z
  .object({
    items: z.array(trustRootSchema),
    unreadable: z.array(z.string()).describe('Names of files in the trust folder that are none'),
    changeable: z
      .boolean()
      .describe(
        'Anchors serve the whole installation: with several organisations only the operator changes them',
      ),
  })
  .meta({ id: 'TrustRoots' })

const fileSchema = z
  .base64()
  .min(1)
  .max(400_000)
  .describe('A certificate as DER or base64, or any number of PEM blocks')

export const trustFileSchema = z.strictObject({ file: fileSchema })

export const trustCandidatesSchema = z
  .object({
    items: z.array(
      z.object({ ...certificateFields, known: z.boolean().describe('It is an anchor already') }),
    ),
  })
  .meta({ id: 'TrustCandidates' })
export type TrustCandidateBody = z.infer<typeof trustCandidatesSchema>['items'][number]

export const newTrustRootsSchema = z
  .strictObject({
    file: fileSchema,
    sha256: z
      .array(z.string().max(200))
      .max(100)
      .default([])
      .describe(
        'Fingerprints as the authorities publish them, in any spelling; published national authorities are compared by their table',
      ),
    allowTest: z
      .boolean()
      .default(false)
      .describe('Also the test environment of a national authority'),
  })
  .meta({ id: 'NewTrustRoots' })
