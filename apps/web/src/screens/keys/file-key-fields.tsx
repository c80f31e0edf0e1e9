import { useRef, useState } from 'react'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icon.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import { Rich } from '../../i18n/text-context.tsx'
import type { DraftProps } from './add-key-form.tsx'
import { type ChosenKey, containerFiles, readKeyFiles } from './key-files.ts'

/** A key in files: dropped or chosen, with its password and, where it needs one, its certificate. */
export function FileKeyFields(props: DraftProps & { readonly isLive: boolean }) {
  const { t } = useSettingsSpeech()
  const { draft, change, setText, errorOf } = props
  const [strangers, setStrangers] = useState<readonly string[]>([])
  const given = useRef<readonly File[]>([])
  const take = async (files: readonly File[]) => {
    // A certificate or a missing file that comes later completes what is there.
    const names = new Set(files.map(({ name }) => name))
    given.current = [...given.current.filter(({ name }) => !names.has(name)), ...files]
    const read = await readKeyFiles(given.current)
    setStrangers(read.strangers)
    change({ chosen: read.key, certificate: read.certificate })
  }
  const isOver = useFileDrop((files) => void take(files))
  const error = errorOf('file')

  return (
    <>
      <div className={isOver ? 'drop drop-on' : 'drop'} data-testid="key-drop">
        <span className="avatar avatar-l" aria-hidden="true">
          <Icon name="key" size="l" />
        </span>
        <div className="grow">
          {draft.chosen === undefined ? (
            <Rich text={t('keys.drop')} />
          ) : (
            <ChosenFiles chosen={draft.chosen} certificate={draft.certificate} />
          )}{' '}
          <Pick label={t('drop.choose')} onFiles={take} testId="key-input" />{' '}
          <Pick label={t('keys.drop.folder')} onFiles={take} testId="key-folder" isFolder />
          <p className="hint">{t('keys.drop.hint')}</p>
          {strangers.length === 0 ? null : (
            <p className="field-warning">
              {t('keys.file.unknown', { names: strangers.join(', ') })}
            </p>
          )}
          {error === undefined ? null : <p className="field-error">{error}</p>}
        </div>
      </div>
      <div className="field-row">
        <Field label={t('keys.pin')} hint={t('keys.pin.hint')} error={errorOf('pin')}>
          {(links) => (
            <input
              {...links}
              className="input"
              type="password"
              autoComplete="off"
              value={draft.texts.pin}
              data-testid="key-pin"
              onChange={(event) => setText('pin', event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t('keys.thumbprint')}
          hint={t('keys.thumbprint.several')}
          error={errorOf('thumbprint') ?? errorOf('certificate')}
        >
          {(links) => (
            <input
              {...links}
              className="input input-mono"
              autoComplete="off"
              spellCheck={false}
              value={draft.texts.thumbprint}
              onChange={(event) => setText('thumbprint', event.target.value)}
            />
          )}
        </Field>
      </div>
      {props.isLive ? (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.acknowledges}
            onChange={(event) => change({ acknowledges: event.target.checked })}
          />
          <span className="small">{t('keys.ack.text')}</span>
        </label>
      ) : null}
    </>
  )
}

function ChosenFiles(props: {
  readonly chosen: ChosenKey
  readonly certificate: File | undefined
}) {
  const { t } = useSettingsSpeech()
  const { chosen, certificate } = props
  const isFolder = chosen.kind === 'cryptopro-container' && chosen.files.length !== 1
  const missing = new Set(chosen.missing)

  return (
    <>
      <b>{t(`keys.kind.${chosen.kind}`)}</b>
      {isFolder ? (
        <ul className="key-parts" data-testid="key-parts">
          {containerFiles.map((name) => (
            <li key={name} className={missing.has(name) ? 'key-part-missing' : 'key-part'}>
              <Icon name={missing.has(name) ? 'cross' : 'check'} />
              <span className="mono">{name}</span>
              {missing.has(name) ? <span className="sr-only">{t('keys.part.missing')}</span> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="small wrap-anywhere">{chosen.files.map(({ name }) => name).join(', ')}</p>
      )}
      {certificate === undefined ? null : (
        <p className="small wrap-anywhere">
          {t('keys.with.certificate', { name: certificate.name })}
        </p>
      )}
      {missing.size === 0 ? null : (
        <p className="field-error">{t('keys.container.missing', { count: missing.size })}</p>
      )}
    </>
  )
}

function Pick(props: {
  readonly label: string
  readonly testId: string
  readonly isFolder?: boolean
  readonly onFiles: (files: readonly File[]) => Promise<void>
}) {
  return (
    <label className="pick">
      <input
        type="file"
        multiple
        className="sr-only"
        data-testid={props.testId}
        {...(props.isFolder === true ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          void props.onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {props.label}
    </label>
  )
}
