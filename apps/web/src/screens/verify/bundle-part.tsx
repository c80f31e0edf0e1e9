import type { CheckResult, Report } from '../../api/report-types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'

/** Checks of a bundle in the order in which people ask. */
const names = [
  'container',
  'manifest',
  'files',
  'derivations',
  'signatures',
  'time-stamp',
  'events',
  'report',
  'pages',
  'claims',
  'sandbox',
] as const
type Name = (typeof names)[number]

const looks = {
  passed: { icon: 'check', tone: 'ok', answer: 'yes' },
  indeterminate: { icon: 'question', tone: 'warn', answer: 'unknown' },
  failed: { icon: 'cross', tone: 'bad', answer: 'no' },
} as const satisfies Readonly<Record<CheckResult, object>>

/** What was found about an evidence bundle as a whole, before its signatures. */
export function BundlePart({ bundle }: { readonly bundle: NonNullable<Report['bundle']> }) {
  const { t } = useAppSpeech()
  const known = bundle.checks.flatMap((check) => {
    const name = names.find((each) => each === check.name)

    return name === undefined ? [] : [{ ...check, name }]
  })

  return (
    <section className="card signer-report" data-testid="bundle-report" aria-labelledby="bundle">
      <header className="report-head">
        <div className="grow">
          <h2 id="bundle" className="title-s wrap-anywhere">
            {bundle.envelope?.title ?? t('bundle.title')}
          </h2>
          <p className="small dim wrap-anywhere">
            {bundle.envelope === undefined
              ? null
              : t('bundle.sentBy', { organisation: bundle.envelope.organisation })}
          </p>
        </div>
      </header>
      <ol className="report-part questions">
        {known.map((check) => (
          <BundleLine key={check.name} name={check.name} result={check.result} />
        ))}
      </ol>
    </section>
  )
}

function BundleLine({ name, result }: { readonly name: Name; readonly result: CheckResult }) {
  const { t } = useAppSpeech()
  const { icon, tone, answer } = looks[result]

  return (
    <li data-testid={`bundle-${name}`} data-answer={answer}>
      <span className={`word-${tone}`}>
        <Icon name={icon} />
      </span>
      <b>{t(`bundle.${name}`)}</b>
      <b className={`small word-${tone} nowrap`}>{t(`answer.${answer}`)}</b>
    </li>
  )
}
