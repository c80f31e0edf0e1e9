import { type Certificate, isPkiError } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json, type Tx } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { judgeAnchor } from './judge-anchor.ts'
import { isChangeable } from './list-roots.ts'
import { readCertificates } from './read-certificates.ts'
import { addToTrustFolder, readTrustFolder, removeFromTrustFolder } from './trust-folder.ts'

type App = Pick<AppContext, 'config' | 'db' | 'now'>

/** A digest as people copy it: with colons, spaces or capitals. */
const bare = (text: string): string => text.replace(/[\s:.-]/g, '').toLowerCase()

const advices = {
  'not-authority': 'Give the root certificate of the authority that issued it.',
  sandbox: 'Never: sandbox proof may not pass as real.',
  'test-environment': 'Say allowTest, if test signatures may pass as real here.',
  unconfirmed: 'Send the fingerprint that the authority publishes, taken by another way.',
} as const

/**
 * The certificates of a file.
 * @throws Problem `trust.refused` when it holds none
 */
export function readRootFile(file: string): readonly Certificate[] {
  try {
    const certificates = readCertificates(Buffer.from(file, 'base64'))
    if (certificates.length > 0) {
      return certificates
    }
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
  }
  throw new Problem('trust.refused', 'This file holds no certificate.', {
    fields: [
      {
        field: 'file',
        code: 'trust.not-certificate',
        advice: 'Give the certificate of the authority, as PEM or DER.',
      },
    ],
  })
}

/**
 * Adds the certificates of a file, all or none: half a chain helps nobody. A root is worth what its way
 * here was worth, so its fingerprint must have been compared with the one that the authority publishes;
 * published national ones are compared by their table.
 * @throws Problem `trust.refused` with each certificate that may not be added, `trust.shared`
 */
export async function addRoots(
  app: App,
  tx: Tx,
  about: {
    readonly caller: Caller
    readonly certificates: readonly Certificate[]
    readonly fingerprints: readonly string[]
    readonly allowTest: boolean
  },
): Promise<void> {
  await expectChangeable(app)
  const confirmed = new Set(about.fingerprints.map(bare))
  const fields = about.certificates.flatMap((certificate, index) => {
    const fault = faultOf(certificate, { confirmed, allowTest: about.allowTest })

    return fault === undefined
      ? []
      : [{ field: `file[${index}]`, code: `trust.${fault}`, advice: advices[fault] }]
  })
  if (fields.length > 0) {
    throw new Problem('trust.refused', 'Nothing was added.', { fields })
  }
  for (const certificate of about.certificates) {
    await record(app, tx, { ...about, certificate, type: 'added' })
  }
  for (const certificate of about.certificates) {
    await addToTrustFolder(app.config.trust.dir, certificate)
  }
}

/**
 * Takes an anchor out. What it proved stays proven in reports; nothing new is.
 * @throws Problem `request.not-found`, `trust.shared`
 */
export async function removeRoot(
  app: App,
  tx: Tx,
  about: { readonly caller: Caller; readonly sha256: string },
): Promise<void> {
  const { trusted } = await readTrustFolder(app.config.trust.dir)
  const found = trusted.filter(({ certificate }) => certificate.sha256 === about.sha256)
  const [first] = found
  if (first === undefined) {
    throw new Problem('request.not-found', 'There is no such anchor in the trust folder.')
  }
  await expectChangeable(app)
  await record(app, tx, { caller: about.caller, certificate: first.certificate, type: 'removed' })
  for (const each of found) {
    await removeFromTrustFolder(app.config.trust.dir, each)
  }
}

async function expectChangeable(app: App): Promise<void> {
  if (!(await isChangeable(app))) {
    throw new Problem(
      'trust.shared',
      'Anchors serve all organisations of this installation: no one of them changes them.',
    )
  }
}

function faultOf(
  certificate: Certificate,
  about: { readonly confirmed: ReadonlySet<string>; readonly allowTest: boolean },
): keyof typeof advices | undefined {
  const judgement = judgeAnchor(certificate, { allowTest: about.allowTest })
  if (!judgement.ok) {
    return judgement.fault
  }

  return judgement.authority === undefined && !about.confirmed.has(certificate.sha256)
    ? 'unconfirmed'
    : undefined
}

async function record(
  { now }: Pick<AppContext, 'now'>,
  tx: Tx,
  event: {
    readonly caller: Caller
    readonly certificate: Certificate
    readonly type: 'added' | 'removed'
  },
): Promise<void> {
  await tx
    .insertInto('trust_root_events')
    .values({
      organisation_id: event.caller.organisationId,
      sha256: event.certificate.sha256,
      at: now(),
      type: event.type,
      actor: json(event.caller.actor),
      data: json({ subject: event.certificate.subject.text }),
    })
    .execute()
}
