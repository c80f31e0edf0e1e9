import { z } from 'zod'

const base64 = z.base64().min(4).max(700_000)
const pin = z.string().max(256)
const hexThumbprint = z.string().max(128).describe('SHA-1 of the certificate, hex')
const certificate = base64.describe('X.509 in DER or PEM, base64')

const common = {
  name: z.string().trim().min(1).max(120).optional().describe('Default: the organisation’s name'),
}
const software = {
  ...common,
  pin: pin.optional().describe('Password of the file, or PIN of the container'),
  thumbprint: z
    .string()
    .max(128)
    .optional()
    .describe('SHA-1 or SHA-256 of the certificate, hex, where the file holds several keys'),
  certificate: certificate.optional(),
  acknowledge: z
    .boolean()
    .optional()
    .describe('You know that this key signs in live mode without a certified tool; recorded'),
}

export const newKeySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pkcs12'),
    ...software,
    file: base64.describe('.p12 or .pfx, base64; a PFX of CryptoPro too'),
  }),
  z.strictObject({
    kind: z.literal('pem'),
    ...software,
    file: base64.describe('PEM or DER of the private key, with or without its certificate, base64'),
  }),
  z.strictObject({
    kind: z.literal('cryptopro-container'),
    ...software,
    file: base64
      .optional()
      .describe('A zip of the folder NAME.000 with header.key and the others, base64'),
    files: z
      .record(z.string().max(100), base64)
      .optional()
      .describe('The files of the folder by name, base64, in the place of the zip'),
  }),
  z.strictObject({
    kind: z.literal('csp'),
    ...common,
    tool: z.enum(['csptest', 'cryptcp']),
    thumbprint: hexThumbprint,
    pin: pin.optional().describe('Better none, with the PIN saved in CryptoPro CSP'),
    certificate: certificate.optional().describe('Default: found by a trial signature'),
  }),
  z.strictObject({
    kind: z.literal('pkcs11'),
    ...common,
    module: z.string().max(500).describe('One of MUHR_PKCS11_MODULES'),
    keyId: z.string().max(128).describe('CKA_ID of the key, hex'),
    tokenLabel: z.string().max(100).optional(),
    digest: z.enum(['host', 'token']).optional(),
    pin: pin.optional(),
    certificate: certificate.optional().describe('Default: read from the token'),
  }),
  z.strictObject({
    kind: z.literal('remote'),
    ...common,
    url: z.string().max(2000).describe('Its host must be among MUHR_SIGNING_SERVICES'),
    thumbprint: hexThumbprint,
    secret: z.string().min(1).max(4000).describe('Sent as Authorization: Bearer'),
    sends: z.enum(['digest', 'content']).optional(),
    certificate: certificate.optional().describe('Default: found by a trial signature'),
  }),
  z.strictObject({ kind: z.literal('browser-plugin'), ...common, certificate }),
])

export type NewKeyBody = z.output<typeof newKeySchema>

const eventSchema = z.object({
  at: z.string(),
  type: z.enum(['added', 'acknowledged', 'chosen', 'checked', 'removed', 'resealed']),
  actor: z.object({ kind: z.string(), id: z.string().optional() }),
  data: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])),
})

export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum([
      'pkcs12',
      'pem',
      'cryptopro-container',
      'csp',
      'pkcs11',
      'remote',
      'browser-plugin',
    ]),
    attendance: z.enum(['unattended', 'attended']),
    subject: z.string().describe('RFC 4514'),
    issuer: z.string().describe('RFC 4514'),
    serialNumber: z.string().describe('hex'),
    notBefore: z.string(),
    notAfter: z.string(),
    algorithm: z.object({
      oid: z.string(),
      name: z.string(),
      bits: z.union([z.literal(256), z.literal(512), z.null()]),
    }),
    sha1: z.string().describe('hex; what CryptoPro calls the thumbprint'),
    sha256: z.string().describe('hex'),
    certificate: z.string().describe('X.509 DER, base64: what the partner cabinet asks for'),
    signer: z.object({
      name: z.string().nullable(),
      organisation: z.string().nullable(),
      title: z.string().nullable(),
      snils: z.string().optional(),
      inn: z.string().optional(),
      organisationInn: z.string().optional(),
      ogrn: z.string().optional(),
      ogrnip: z.string().optional(),
    }),
    hasOrganisationData: z.boolean(),
    faults: z.array(z.string()).describe('Why it may not sign now: signer-key.* codes'),
    isSoftware: z.boolean().describe('The key lies in a file, not in a certified tool'),
    acknowledged: z
      .object({ at: z.string(), by: z.object({ kind: z.string(), id: z.string().optional() }) })
      .nullable()
      .describe('Who took note that it signs in live mode without a certified tool'),
    connections: z.array(z.string()).describe('Those that seal with it by default'),
    createdAt: z.string(),
    removedAt: z.string().nullable(),
  })
  .meta({ id: 'SignerKey' })

export type KeyBody = z.output<typeof keySchema>

export const keyDetailSchema = keySchema
  .extend({ events: z.array(eventSchema) })
  .meta({ id: 'SignerKeyDetail' })

export const keyTrialSchema = z
  .object({
    passed: z.boolean(),
    signed: z.boolean().describe('false for a key whose clerk must confirm'),
    at: z.string(),
    code: z.string().optional(),
    advice: z.string().optional(),
    verification: z
      .object({
        policy: z.string(),
        indication: z.string(),
        subIndication: z.string().optional(),
        revocation: z.enum(['good', 'revoked', 'unknown']),
      })
      .optional()
      .describe('The trial signature as a receiver would judge it'),
  })
  .meta({ id: 'SignerKeyTrial' })
