import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { uploadBytes } from '../../../api/upload-bytes.ts'
import { chooseOrderKey, stepOrder, uploadPath } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Hash } from '../../../components/hash.tsx'
import { Icon } from '../../../components/icon.tsx'
import { Note } from '../../../components/note.tsx'
import { useNow } from '../../../components/use-now.ts'
import { cleanFileName } from '../../new-envelope/accept-files.ts'
import { KeyPicker } from '../pickers.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { PackageContents } from './package-contents.tsx'
import { PartFault } from './part-fault.tsx'
import { RuleList } from './rule-list.tsx'
import type { OrderSteps } from './use-order-steps.ts'
import { isOpen, type XmlDraft } from './use-xml-draft.ts'

type Props = {
  readonly order: BenchOrderDetail
  readonly draft: XmlDraft
  readonly steps: OrderSteps
}

/** The package: every file signed by the chosen key and packed, or a zip that somebody made elsewhere. */
export function PackageCard({ order, draft, steps }: Props) {
  const { t, format } = useBenchSpeech()
  const [refused, setRefused] = useState<File | undefined>()
  const made = order.files.find(({ role, removedAt }) => role === 'package' && removedAt === null)
  const signatures = order.files.filter(
    ({ role, removedAt }) => role === 'signature' && removedAt === null,
  )
  const faults = order.history.findLast(
    ({ type }) => type === 'built' || type === 'package-uploaded',
  )?.data['faults']
  const take = async (file: File, asIs = false) => {
    setRefused(undefined)
    const path = uploadPath(order.id, {
      kind: 'package',
      fileName: cleanFileName(file.name),
      mediaType: 'application/zip',
      asIs,
    })
    await steps.run('package', () =>
      uploadBytes<BenchOrderDetail>(path, { file, onProgress: () => {} }).done.catch((error) => {
        setRefused(file)
        throw error
      }),
    )
  }

  return (
    <section className="card" aria-labelledby="package-title" data-testid="package">
      <header className="card-head">
        <h2 id="package-title">{t('bench.package.title')}</h2>
        {made === undefined ? null : order.isAsIs && typeof faults === 'number' ? (
          <span className="chip tone-warn" data-testid="package-as-is">
            <Icon name="warn" />
            {t('bench.package.kept.asIs', { count: faults })}
          </span>
        ) : (
          <span className="chip tone-ok" data-testid="package-built">
            <Icon name="check" />
            {t('bench.package.kept')}
          </span>
        )}
      </header>
      <div className="card-body stack">
        {isOpen(order) ? (
          <KeyPicker
            label={t('bench.key')}
            emptyText={t('bench.key.choose')}
            value={order.signerKey ?? ''}
            onChange={(key) => {
              if (key !== '') void steps.run('package', () => chooseOrderKey(order.id, key))
            }}
          />
        ) : null}
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
        <PackageContents order={order} sha256={made?.sha256} />
        {order.state === 'sealing' ? <Sealing order={order} /> : null}
        {isOpen(order) ? (
          <Build
            {...{ order, draft, steps }}
            isMade={made !== undefined}
            refused={refused}
            onFile={(file, asIs) => void take(file, asIs)}
            onBuild={() => setRefused(undefined)}
          />
        ) : null}
      </div>
    </section>
  )
}

/** The clerk signs elsewhere: in one place for all that waits for the key. */
function Sealing({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const now = useNow(5_000)
  const { sealDue } = order

  if (sealDue !== null && Date.parse(sealDue) <= now.getTime()) {
    return (
      <Note kind="warn" icon="clock" testId="seal-past">
        {t('bench.package.sealPast')}
      </Note>
    )
  }

  return (
    <Note
      kind="warn"
      icon="person"
      testId="order-sealing"
      actions={
        <Link to="/seals" className="button button-primary" data-testid="to-seals">
          {t('bench.package.toSeals')}
        </Link>
      }
    >
      {t('bench.package.sealing', { time: sealDue === null ? '' : format.proofTime(sealDue) })}
    </Note>
  )
}

function Build(
  props: Props & {
    readonly isMade: boolean
    /** A zip that was refused for its rules. */
    readonly refused: File | undefined
    readonly onFile: (file: File, asIs?: boolean) => void
    readonly onBuild: () => void
  },
) {
  const { t } = useBenchSpeech()
  const { order, draft, steps, isMade, refused } = props
  const isFaulty = draft.check.faults.length > 0
  const isEmpty = draft.text.trim() === ''
  const broken = steps.fault?.part === 'package' ? brokenRules(steps.fault.problem) : undefined
  const build = async (asIs: boolean) => {
    props.onBuild()

    if (await draft.save()) await steps.run('package', () => stepOrder(order.id, 'build', { asIs }))
  }

  return (
    <>
      {broken === undefined ? (
        <PartFault part="package" steps={steps} />
      ) : (
        <RuleList problem={broken} isUpload={refused !== undefined} />
      )}
      <div>
        <Button
          kind={isMade ? 'plain' : 'primary'}
          className="w-full"
          busy={steps.busy === 'package'}
          blocked={isEmpty || isFaulty}
          aria-describedby="build-hint"
          onClick={() => void build(false)}
          data-testid="build"
        >
          {t(isMade ? 'bench.package.rebuild' : 'bench.package.build')}
        </Button>
        <p className="hint" id="build-hint">
          {isEmpty
            ? t('bench.package.noXml')
            : isFaulty
              ? t('bench.package.faulty', { count: draft.check.faults.length })
              : t('bench.package.hint')}
        </p>
        {(isFaulty || broken !== undefined) && !isEmpty ? (
          <p className="hint">
            <button
              type="button"
              className="link-button"
              onClick={() =>
                refused === undefined ? void build(true) : props.onFile(refused, true)
              }
              data-testid="build-as-is"
            >
              {t('bench.package.asIs')}
            </button>{' '}
            {t('bench.package.asIsHint')}
          </p>
        ) : null}
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
              const [file] = event.target.files ?? []

              if (file !== undefined) props.onFile(file)

              event.target.value = ''
            }}
          />
          {t('bench.package.choose')}
        </label>
        <p className="hint">{t('bench.package.readyHint')}</p>
      </div>
    </>
  )
}

function brokenRules(error: unknown): ProblemError | undefined {
  const problem = asProblem(error)

  return problem.code === 'workbench.rules-broken' ? problem : undefined
}
