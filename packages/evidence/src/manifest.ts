import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().min(1).max(300)

/** Shape of `manifest.json` (design §7; `files` covers everything else of the bundle). */
export const manifestSchema = z.object({
  format: z.literal('muhr-evidence-1'),
  envelope: z.object({
    id: z.string(),
    title: z.string(),
    state: z.string(),
    organisation: z.string(),
    bin: z.string().optional(),
    createdAt: z.string(),
    sentAt: z.string().optional(),
    endedAt: z.string().optional(),
    sandbox: z.boolean(),
    lastEvent: z.int(),
    eventHash: z.string(),
  }),
  documents: z.array(z.object({ path, title: z.string(), sha256, mediaType: z.string() })),
  contents: z.array(z.object({ path, document: path, derivation: z.string(), sha256 })),
  signatures: z.array(
    z.object({
      path,
      sha256,
      document: path,
      content: path,
      format: z.string(),
      detached: z.boolean(),
      signer: z.object({
        name: z.string(),
        iin: z.string().optional(),
        bin: z.string().optional(),
        organisation: z.string().optional(),
        serialNumber: z.string().optional(),
      }),
      recipient: z.string(),
      indication: z.string(),
      standing: z.string(),
      acceptedBy: z.object({ actor: z.string(), reason: z.string(), at: z.string() }).optional(),
    }),
  ),
  files: z.array(z.object({ path, sha256 })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Where the RFC 3161 token over `manifest.json` stands; the one file that the manifest cannot name. */
export const manifestTimestampPath = 'timestamps/manifest.tst'
export const manifestPath = 'manifest.json'
