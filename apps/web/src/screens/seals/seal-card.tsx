import { Link } from '@tanstack/react-router'
import type { ConfirmedSeal, SealTask } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Hash } from '../../components/hash.tsx'
import { Note } from '../../components/note.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'
import { reasonText } from '../keys/key-words.ts'

/** One package: what for, until when, and every file of it with its digest. */
export function SealCard(props: {
  readonly task: SealTask
  readonly keyName: string | undefined
  readonly isPast: boolean
  readonly isChosen: boolean
  readonly isHeld: boolean
  readonly refusal: ConfirmedSeal | undefined
  readonly onToggle: () => void
  readonly onReload: () => void
}) {
  const speech = useSettingsSpeech()
  const { t, format } = speech
  const { task, refusal } = props
  const bytes = task.items.reduce((sum, { size }) => sum + size, 0)
  const headingId = `seal-${task.id}`

  return (
    <section className="card" aria-labelledby={headingId} data-testid="seal-task">
      <header className="card-head seal-head">
        <label className="check seal-pick">
          <input
            type="checkbox"
            checked={props.isChosen && !props.isPast}
            disabled={props.isPast || props.isHeld}
            onChange={props.onToggle}
            data-testid="seal-pick"
          />
          <span className="sr-only">{t('seals.pick')}</span>
        </label>
        <Seal state={props.isPast ? 'expired' : 'sealing'} size="s" />
        <h2 id={headingId} className="wrap-anywhere">
          {task.envelope?.title ??
            (task.order === undefined ? purposeText(t, task) : orderName(task.order))}
        </h2>
        <Due task={task} isPast={props.isPast} />
      </header>
      <div className="card-body stack-tight">
        <p className="small dim">{purposeText(t, task)}</p>
        <dl className="key-pairs">
          {task.recipient === undefined ? null : (
            <div className="pair">
              <dt>{t('seals.recipient')}</dt>
              <dd>{task.recipient}</dd>
            </div>
          )}
          {task.connection === undefined ? null : (
            <div className="pair">
              <dt>{t('seals.connection')}</dt>
              <dd>{task.connection.name}</dd>
            </div>
          )}
          {task.account === undefined ? null : (
            <div className="pair">
              <dt>{t('seals.account')}</dt>
              <dd>{task.account.name}</dd>
            </div>
          )}
          <div className="pair">
            <dt>{t('seals.key')}</dt>
            <dd>{props.keyName ?? t('seals.key.default')}</dd>
          </div>
          {task.order === undefined ? null : (
            <div className="pair">
              <dt>{t('seals.order')}</dt>
              <dd>
                <Link to="/workbench/orders/$id" params={{ id: task.order.id }}>
                  {orderName(task.order)}
                </Link>
              </dd>
            </div>
          )}
          {task.envelope === undefined ? null : (
            <div className="pair">
              <dt>{t('seals.envelope')}</dt>
              <dd>
                <Link to="/envelopes/$id" params={{ id: task.envelope.id }}>
                  {task.envelope.title}
                </Link>
              </dd>
            </div>
          )}
        </dl>
        {props.isPast ? (
          <Note
            kind="warn"
            testId="seal-past"
            actions={
              <Button size="s" icon="refresh" onClick={props.onReload}>
                {t('action.refresh')}
              </Button>
            }
          >
            <Rich text={t('seals.past')} />
          </Note>
        ) : null}
        {refusal === undefined ? null : (
          <Note kind="bad" code={refusal.code} testId="seal-refused">
            <Rich
              text={t('seals.refused', {
                reason: reasonText(speech, refusal.code, refusal.advice),
              })}
            />
          </Note>
        )}
      </div>
      <details className="card-body" open={task.items.length <= 3}>
        <summary className="small">
          {t('seals.items', { count: task.items.length, size: format.size(bytes) })}
        </summary>
        <ul className="seal-items">
          {task.items.map((item) => (
            <li key={item.name} data-testid="seal-item">
              {item.href === undefined ? (
                <span className="wrap-anywhere">{item.name}</span>
              ) : (
                <a href={item.href} download={item.name} className="wrap-anywhere">
                  {item.name}
                </a>
              )}
              <span className="small faint nowrap">{format.size(item.size)}</span>
              <Hash hex={item.sha256} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}

function Due({ task, isPast }: { readonly task: SealTask; readonly isPast: boolean }) {
  const { t, format } = useSettingsSpeech()
  if (task.due === undefined) return <span className="small seal-soon">{t('seals.soon')}</span>
  const time = format.proofTime(task.due)

  return (
    <span className={isPast ? 'small key-bad' : 'small dim'} data-testid="seal-due">
      {t(isPast ? 'seals.due.past' : 'seals.due', { time })}
    </span>
  )
}

/** By its title, else its number, else its id. */
const orderName = ({ id, title, number }: NonNullable<SealTask['order']>): string =>
  title === '' ? (number ?? id) : title

type T = ReturnType<typeof useSettingsSpeech>['t']

/** What the signature is for; a purpose that this page does not know stands by its own name. */
function purposeText(t: T, { purpose }: SealTask): string {
  switch (purpose) {
    case 'goskey-package':
      return t('seals.purpose.package')
    case 'workbench-package':
      return t('seals.purpose.bench')
    case 'esia-api-key':
      return t('seals.purpose.token')
    default:
      return t('seals.purpose.other', { purpose })
  }
}
