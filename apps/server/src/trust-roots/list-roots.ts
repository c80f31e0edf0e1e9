import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Certificate } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import type { TrustCandidateBody, TrustRootBody } from '../http/schemas/trust-schemas.ts'
import { filesOf, sandboxCaFile } from '../verification/trust.ts'
import { judgeAnchor } from './judge-anchor.ts'
import { readCertificates } from './read-certificates.ts'
import { readTrustFolder } from './trust-folder.ts'

type App = Pick<AppContext, 'config' | 'db'>

/** What the installation trusts: the trust folder, and in sandbox mode the test authority. */
export async function listRoots(app: App): Promise<{
  readonly items: readonly TrustRootBody[]
  readonly unreadable: readonly string[]
  readonly changeable: boolean
}> {
  const { config } = app
  const { trusted, unreadable } = await readTrustFolder(config.trust.dir)
  const history = await lastAdditions(app)
  // The same certificate in two files is one anchor.
  const configured = new Map(trusted.map(({ certificate }) => [certificate.sha256, certificate]))

  return {
    items: [
      ...[...configured.values()].map((certificate) => ({
        ...present(certificate, { allowTest: true }),
        source: 'configured' as const,
        added: history.get(certificate.sha256),
      })),
      ...(config.mode === 'sandbox' ? await sandboxRoots(config.dataDir) : []),
    ],
    unreadable: unreadable.map((file) => basename(file)),
    changeable: await isChangeable(app),
  }
}

/**
 * Anchors serve every organisation of the installation, so one of several owners may not decide for the
 * others: there the operator does, with `muhr trust`.
 */
export async function isChangeable({ db }: Pick<AppContext, 'db'>): Promise<boolean> {
  const rows = await db.selectFrom('organisations').select('id').limit(2).execute()

  return rows.length < 2
}

/** What a file holds, before anything of it is trusted. */
export function describeCandidates(
  certificates: readonly Certificate[],
  known: ReadonlySet<string>,
): readonly TrustCandidateBody[] {
  return certificates.map((certificate) => ({
    ...present(certificate, { allowTest: false }),
    known: known.has(certificate.sha256),
  }))
}

function present(certificate: Certificate, options: { readonly allowTest: boolean }) {
  const judgement = judgeAnchor(certificate, options)
  const { subject, issuer, sha256, notBefore, notAfter } = certificate
  const { authority } = judgement

  return {
    sha256,
    name: commonName(subject.text),
    subject: subject.text,
    issuer: issuer.text,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    ...(authority === undefined ? {} : { authority: publishedOf(authority) }),
    ...(judgement.ok ? {} : { fault: judgement.fault }),
  }
}

type Published = NonNullable<TrustRootBody['authority']>

const publishedOf = ({ country, kind, environment, name, generation }: Published): Published => ({
  country,
  kind,
  environment,
  name,
  generation,
})

function commonName(subject: string): string {
  const found = /(?:^|[,+])\s*CN=((?:\\.|[^,+\\])*)/i.exec(subject)?.[1]

  return (found ?? subject).replace(/\\(.)/g, '$1')
}

async function sandboxRoots(dataDir: string): Promise<readonly TrustRootBody[]> {
  const roots: TrustRootBody[] = []
  for (const file of await filesOf(sandboxCaFile(dataDir))) {
    for (const certificate of readCertificates(await readFile(file))) {
      const { fault: _, ...shown } = present(certificate, { allowTest: true })
      roots.push({ ...shown, source: 'sandbox' })
    }
  }

  return roots
}

/** Who added an anchor last, by its fingerprint. */
async function lastAdditions({
  db,
}: Pick<AppContext, 'db'>): Promise<ReadonlyMap<string, NonNullable<TrustRootBody['added']>>> {
  const rows = await db
    .selectFrom('trust_root_events as e')
    .leftJoin('users as u', (join) =>
      join.on((on) =>
        on.eb(
          on.ref('u.id'),
          '=',
          on.fn<string>('jsonb_extract_path_text', ['e.actor', on.val('id')]),
        ),
      ),
    )
    .select(['e.sha256', 'e.at', 'e.actor', 'u.name'])
    .where('e.type', '=', 'added')
    .orderBy('e.id')
    .execute()

  return new Map(
    rows.map(({ sha256, at, actor, name }) => [
      sha256,
      { at, actor, ...(name === null ? {} : { name }) },
    ]),
  )
}
