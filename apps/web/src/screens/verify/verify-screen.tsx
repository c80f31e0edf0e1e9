import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Report } from '../../api/report-types.ts'
import { request } from '../../api/request.ts'
import { PublicFrame } from '../../app/public-frame.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'
import { BundlePart } from './bundle-part.tsx'
import { ReportView } from './report-view.tsx'
import { pairChosenFiles, toBase64 } from './verify-files.ts'

type Pair = Awaited<ReturnType<typeof pairChosenFiles>>

/** Public: a signature and its document are dropped, the report is read. Nothing is stored. */
export function VerifyScreen() {
  const { t } = useAppSpeech()
  const [chosen, setChosen] = useState<readonly File[]>([])
  const check = useMutation({ mutationFn: verify })
  const [pair, setPair] = useState<Pair>({ container: undefined, content: undefined })
  const needsContent =
    check.data?.signatures.some(
      ({ subIndication }) => subIndication === 'SIGNED_DATA_NOT_FOUND',
    ) === true
  const take = async (files: readonly File[]) => {
    // A second file completes the first: the signature that was dropped alone gets its document.
    const all = needsContent || chosen.length === 1 ? [...chosen, ...files] : files
    const kept = all.slice(-2)
    const next = await pairChosenFiles(kept)
    setChosen(kept)
    setPair(next)

    if (next.container !== undefined) {
      check.mutate({ container: next.container, content: next.content })
    }
  }
  const isOver = useFileDrop((files) => void take(files))
  useTitle(t('verify.title'))

  return (
    <PublicFrame name={t('verify.title')} about="report" isSandbox={check.data?.sandbox}>
      <main className="report" id="main">
        {check.data === undefined ? <h1 className="verify-title">{t('verify.title')}</h1> : null}
        <div className={isOver ? 'drop drop-on no-print' : 'drop no-print'}>
          <span className="avatar avatar-l" aria-hidden="true">
            <Icon name="upload" size="l" />
          </span>
          <div className="grow">
            <Rich text={t(needsContent ? 'verify.needContent' : 'verify.drop')} />{' '}
            <label className="pick">
              <input
                type="file"
                multiple
                className="sr-only"
                data-testid="verify-input"
                onChange={(event) => {
                  void take([...(event.target.files ?? [])])
                  event.target.value = ''
                }}
              />
              {t('drop.choose')}
            </label>
            <p className="hint">{t('verify.hint')}</p>
          </div>
        </div>
        {check.isPending ? (
          <section className="card signer-face" aria-busy="true">
            <Seal state="received" size="l" />
            <p className="dim">{t('verify.checking')}</p>
          </section>
        ) : null}
        {check.isError ? <Fault problem={asProblem(check.error)} /> : null}
        {chosen.length > 0 && pair.container === undefined ? (
          <p className="field-error">{t('verify.notSignature', { name: chosen[0]?.name ?? '' })}</p>
        ) : null}
        {check.data === undefined || check.isPending ? null : (
          <ReportView
            report={check.data}
            name={pair.container?.name ?? 'report'}
            command={commandOf(pair)}
            between={check.data.bundle && <BundlePart bundle={check.data.bundle} />}
          />
        )}
      </main>
    </PublicFrame>
  )
}

async function verify(files: {
  readonly container: File
  readonly content: File | undefined
}): Promise<Report> {
  const [container, content] = await Promise.all([
    files.container.arrayBuffer().then(toBase64),
    files.content?.arrayBuffer().then(toBase64),
  ])

  return request<Report>('/v1/verifications', {
    method: 'POST',
    body: content === undefined ? { container } : { container, content },
  })
}

function commandOf(pair: Pair): string {
  const quote = (name: string) =>
    /^[\w.-]+$/.test(name) ? name : `'${name.replace(/'/g, "'\\''")}'`
  const content = pair.content === undefined ? '' : ` --content ${quote(pair.content.name)}`

  return `npx muhr verify ${quote(pair.container?.name ?? 'signature.p7s')}${content} --trust ROOT.pem --json`
}
