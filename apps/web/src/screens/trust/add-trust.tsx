import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { addTrust, readTrustFile, type TrustCandidate, trustQuery } from '../../api/trust.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import { groupedHash } from '../../format/texts.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { toBase64 } from '../verify/verify-files.ts'
import { bareFingerprint, isConfirmed } from './fingerprints.ts'
import { AuthorityWords } from './trust-table.tsx'

/**
 * Adding an anchor: first what the file holds, then the fingerprint that the authority publishes, taken
 * by another way and pasted here; published national authorities are compared by their table.
 */
export function AddTrust({ onClose }: { readonly onClose: () => void }) {
  const { t } = useSettingsSpeech()
  const client = useQueryClient()
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [allowTest, setAllowTest] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const read = useMutation({
    mutationFn: async (chosen: File) => {
      const file = toBase64(await chosen.arrayBuffer())

      return { file, ...(await readTrustFile(file)) }
    },
    onSuccess: () => {
      setTyped({})
      setAsked(false)
    },
  })
  const add = useMutation({
    mutationFn: addTrust,
    onSuccess: (list) => {
      client.setQueryData(trustQuery.queryKey, list)
      onClose()
    },
  })
  const take = ([first]: readonly File[]) => {
    if (first !== undefined) read.mutate(first)
  }
  const isOver = useFileDrop(take)
  const candidates = read.data?.items ?? []
  const isBlocked = candidates.some(
    ({ fault }) => fault !== undefined && !(fault === 'test-environment' && allowTest),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    const isWhole = candidates.every((each) => isConfirmed(each, typed[each.sha256] ?? ''))

    if (read.data === undefined || isBlocked || !isWhole) return

    const sha256 = Object.values(typed)
      .map(bareFingerprint)
      .filter((text) => text !== '')
    add.mutate({ file: read.data.file, sha256, allowTest })
  }

  return (
    <form className="card" onSubmit={submit} data-testid="trust-form">
      <header className="card-head">
        <h2>{t('trust.add')}</h2>
      </header>
      <div className="card-body stack">
        <div className={isOver ? 'drop drop-on' : 'drop'}>
          <span className="avatar avatar-l" aria-hidden="true">
            <Icon name="upload" size="l" />
          </span>
          <div className="grow">
            <Rich text={t('trust.drop')} />{' '}
            <label className="pick">
              <input
                type="file"
                accept=".cer,.crt,.pem,.der"
                className="sr-only"
                data-testid="trust-file"
                onChange={(event) => {
                  take([...(event.target.files ?? [])])
                  event.target.value = ''
                }}
              />
              {t('drop.choose')}
            </label>
            <p className="hint">{t('trust.drop.hint')}</p>
          </div>
        </div>
        {read.isError ? (
          <Fault problem={asProblem(read.error)} text={t('trust.not-certificate')} />
        ) : null}
        {candidates.map((candidate) => (
          <Candidate
            key={candidate.sha256}
            candidate={candidate}
            allowTest={allowTest}
            typed={typed[candidate.sha256] ?? ''}
            isAsked={isAsked}
            onType={(text) => setTyped({ ...typed, [candidate.sha256]: text })}
          />
        ))}
        {candidates.some(({ fault }) => fault === 'test-environment') ? (
          <label className="check">
            <input
              type="checkbox"
              checked={allowTest}
              onChange={(event) => setAllowTest(event.target.checked)}
            />
            <span>{t('trust.allowTest')}</span>
          </label>
        ) : null}
        {add.isError ? <Fault problem={asProblem(add.error)} /> : null}
        <div className="row row-wrap">
          {candidates.length === 0 ? null : (
            <Button
              kind="primary"
              submit
              busy={add.isPending}
              blocked={isBlocked}
              data-testid="save-trust"
            >
              {t('trust.save', { count: candidates.length })}
            </Button>
          )}
          <Button kind="ghost" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}

function Candidate(props: {
  readonly candidate: TrustCandidate
  readonly allowTest: boolean
  readonly typed: string
  readonly isAsked: boolean
  readonly onType: (text: string) => void
}) {
  const { t, format } = useSettingsSpeech()
  const id = useId()
  const { candidate, typed } = props
  const isShown = candidate.fault !== 'test-environment' || !props.allowTest
  const isWrong = !isConfirmed(candidate, typed)

  return (
    <div className="import stack-tight" data-testid="trust-candidate">
      <p>
        <b className="wrap-anywhere">{candidate.name}</b>{' '}
        <span className="caption faint">
          {format.day(candidate.notBefore)} — {format.day(candidate.notAfter)}
        </span>
      </p>
      <p className="stack-lines">
        <AuthorityWords
          authority={candidate.authority}
          source="configured"
          fault={isShown ? candidate.fault : undefined}
        />
        {candidate.known ? <span className="caption">{t('trust.known')}</span> : null}
      </p>
      {candidate.authority === undefined && candidate.fault === undefined ? (
        <div>
          <label className="label" htmlFor={id}>
            {t('trust.compare')}
          </label>
          <input
            id={id}
            className="input input-mono"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={props.isAsked && isWrong}
            aria-describedby={`${id}-hint ${id}-error`}
            data-testid="trust-fingerprint"
            onChange={(event) => props.onType(event.target.value)}
          />
          <p className="hint" id={`${id}-hint`}>
            {t('trust.compare.hint')}
          </p>
          <p className="field-error" id={`${id}-error`}>
            {props.isAsked && isWrong
              ? typed.trim() === ''
                ? t('form.missing')
                : t('trust.compare.differs')
              : null}
          </p>
        </div>
      ) : (
        <p className="mono small wrap-anywhere">SHA-256 {groupedHash(candidate.sha256)}</p>
      )}
    </div>
  )
}
