import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { keysQuery } from '../../../api/settings-queries.ts'
import { uploadBytes } from '../../../api/upload-bytes.ts'
import { sealPath, stepOrder, uploadPath } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Hash } from '../../../components/hash.tsx'
import { Icon } from '../../../components/icon.tsx'
import { Note } from '../../../components/note.tsx'
import { cleanFileName } from '../../new-envelope/accept-files.ts'
import { sealByPlugIn } from '../seal-by-plug-in.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { PartFault } from './part-fault.tsx'
import { RuleList } from './rule-list.tsx'
import type { OrderSteps } from './use-order-steps.ts'
import { isOpen, type XmlDraft } from './use-xml-draft.ts'

/** The package: every file signed by the chosen key and packed, or a zip that somebody made elsewhere. */
export function PackageCard(props: {
  readonly order: BenchOrderDetail
  readonly draft: XmlDraft
  readonly steps: OrderSteps
}) {
  const { t, format } = useBenchSpeech()
  const { order, draft, steps } = props
  const [upload, setUpload] = useState<ProblemError | undefined>()
  const made = order.files.find(({ role, removedAt }) => role === 'package' && removedAt === null)
  const signatures = order.files.filter(
    ({ role, removedAt }) => role === 'signature' && removedAt === null,
  )
  const isFaulty = draft.check.faults.length > 0
  const isEmpty = draft.text.trim() === ''
  const build = async () => {
    setUpload(undefined)

    if (await draft.save()) await steps.run('package', () => stepOrder(order.id, 'build'))
  }
  const take = async (file: File | undefined) => {
    if (file === undefined) return

    setUpload(undefined)
    const path = uploadPath(order.id, {
      kind: 'package',
      fileName: cleanFileName(file.name),
      mediaType: 'application/zip',
    })
    await steps.run('package', () =>
      uploadBytes<BenchOrderDetail>(path, { file, onProgress: () => {} }).done.catch((error) => {
        setUpload(asProblem(error))
        throw error
      }),
    )
  }
  const broken = steps.fault?.part === 'package' ? steps.fault.problem : undefined

  return (
    <section className="card" aria-labelledby="package-title" data-testid="package">
      <header className="card-head">
        <h2 id="package-title">{t('bench.package.title')}</h2>
        {made === undefined ? null : (
          <span className="chip tone-ok" data-testid="package-built">
            <Icon name="check" />
            {t('bench.package.kept')}
          </span>
        )}
      </header>
      <div className="card-body stack">
        <KeyLine order={order} />
        {made === undefined ? null : (
          <div className="bench-made small">
            <a href={made.href} download={made.name} className="wrap-anywhere">
              {made.name}
            </a>
            <span className="faint nowrap">{format.size(made.size)}</span>
            <span className="faint nowrap">
              {t('bench.package.signatures', { count: signatures.length })}
            </span>
            <Hash hex={made.sha256} />
          </div>
        )}
        {order.state === 'sealing' ? (
          <Note
            kind="warn"
            icon="person"
            actions={
              <Button
                kind="primary"
                icon="stamp"
                busy={steps.busy === 'package'}
                onClick={() =>
                  void steps.run('package', () =>
                    sealByPlugIn<BenchOrderDetail>(sealPath('orders', order.id)),
                  )
                }
                data-testid="seal-order"
              >
                {t('bench.package.seal')}
              </Button>
            }
          >
            {t('bench.package.sealing', {
              time: order.sealDue === null ? '' : format.proofTime(order.sealDue),
            })}
          </Note>
        ) : null}
        {isOpen(order) ? (
          <>
            {broken === undefined || broken.code !== 'workbench.rules-broken' ? (
              <PartFault part="package" steps={steps} />
            ) : (
              <RuleList problem={broken} isUpload={upload !== undefined} />
            )}
            <div>
              <Button
                kind={made === undefined ? 'primary' : 'plain'}
                className="w-full"
                busy={steps.busy === 'package'}
                blocked={isEmpty || isFaulty}
                aria-describedby="build-hint"
                onClick={() => void build()}
                data-testid="build"
              >
                {t(made === undefined ? 'bench.package.build' : 'bench.package.rebuild')}
              </Button>
              <p className="hint" id="build-hint">
                {isEmpty
                  ? t('bench.package.noXml')
                  : isFaulty
                    ? t('bench.package.faulty', { count: draft.check.faults.length })
                    : t('bench.package.hint')}
              </p>
            </div>
            <div className="small">
              {t('bench.package.ready')}{' '}
              <label className="pick">
                <input
                  type="file"
                  accept=".zip,application/zip"
                  className="sr-only"
                  data-testid="zip-input"
                  onChange={(event) => {
                    void take(event.target.files?.[0])
                    event.target.value = ''
                  }}
                />
                {t('bench.package.choose')}
              </label>
              <p className="hint">{t('bench.package.readyHint')}</p>
            </div>
          </>
        ) : null}
      </div>
    </section>
  )
}

function KeyLine({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const keys = useQuery(keysQuery)
  const key = keys.data?.items.find(({ id }) => id === order.signerKey)

  return (
    <p className="small">
      <span className="faint">{t('bench.key')}: </span>
      {order.signerKey === null
        ? t('bench.key.none')
        : key === undefined
          ? order.signerKey
          : t('bench.key.option', {
              name: key.name,
              algorithm: key.algorithm.name,
              day: format.day(key.notAfter),
            })}
    </p>
  )
}
