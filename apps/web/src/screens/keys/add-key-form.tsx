import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Field } from '../../components/field.tsx'
import { FileKeyFields } from './file-key-fields.tsx'
import { reasonText } from './key-words.ts'
import {
  bodyOf,
  emptyDraft,
  type KeyDraft,
  missingFields,
  type TextField,
  ways,
} from './new-key.ts'
import { PluginFields } from './plugin-fields.tsx'
import { ReferenceFields } from './reference-fields.tsx'

/** What the fields of every way are given. */
export type DraftProps = {
  readonly draft: KeyDraft
  readonly change: (part: Partial<KeyDraft>) => void
  readonly setText: (name: TextField, text: string) => void
  readonly errorOf: (field: string) => string | undefined
}

/** Adds a key: in a file, by reference, or in a clerk's browser. It is tried before it is kept. */
export function AddKeyForm(props: {
  readonly isLive: boolean
  readonly onClose: () => void
  readonly onAdded: (key: SignerKey) => void
}) {
  const speech = useSettingsSpeech()
  const { t } = speech
  const client = useQueryClient()
  const heading = useRef<HTMLHeadingElement>(null)
  const [draft, setDraft] = useState(emptyDraft)
  const [isAsked, setAsked] = useState(false)
  const missing = isAsked ? missingFields(draft) : []
  const add = useMutation({
    mutationFn: async (wish: KeyDraft) =>
      request<SignerKey>('/v1/keys', { method: 'POST', body: await bodyOf(wish) }),
    onSuccess: async (key) => {
      await client.invalidateQueries({ queryKey: ['keys'] })
      props.onAdded(key)
    },
  })
  const problem = add.isError ? asProblem(add.error) : undefined
  const [refusal] = problem?.fields ?? []
  useEffect(() => heading.current?.focus(), [])
  const change = (part: Partial<KeyDraft>) => {
    add.reset()
    setDraft((before) => ({ ...before, ...part }))
  }
  const fields: DraftProps = {
    draft,
    change,
    setText: (name, text) => change({ texts: { ...draft.texts, [name]: text } }),
    errorOf: (field) =>
      missing.some((name) => name === field)
        ? t('form.missing')
        : refusal?.field === field
          ? reasonText(speech, refusal.code, refusal.advice)
          : undefined,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)

    if (missingFields(draft).length === 0 && !add.isPending) add.mutate(draft)
  }

  return (
    <form className="card" aria-labelledby="add-heading" onSubmit={submit} data-testid="key-form">
      <header className="card-head">
        <h2 id="add-heading" ref={heading} tabIndex={-1}>
          {t('keys.form.title')}
        </h2>
        <Button size="s" kind="ghost" onClick={props.onClose}>
          {t('action.cancel')}
        </Button>
      </header>
      <div className="card-body stack">
        <fieldset>
          <legend className="label">{t('keys.form.way')}</legend>
          <div className="segments segments-wrap">
            {ways.map((way) => (
              <label key={way}>
                <input
                  type="radio"
                  name="way"
                  checked={draft.way === way}
                  onChange={() => change({ way })}
                  data-testid={`way-${way}`}
                />
                {t(`keys.way.${way}`)}
              </label>
            ))}
          </div>
        </fieldset>
        {draft.way === 'file' ? (
          <FileKeyFields {...fields} isLive={props.isLive} />
        ) : draft.way === 'browser-plugin' ? (
          <PluginFields {...fields} />
        ) : (
          <ReferenceFields {...fields} />
        )}
        <Field label={t('keys.name')} hint={t('keys.name.hint')} error={fields.errorOf('name')}>
          {(links) => (
            <input
              {...links}
              className="input"
              value={draft.texts.name}
              maxLength={120}
              onChange={(event) => fields.setText('name', event.target.value)}
            />
          )}
        </Field>
        {problem === undefined ? null : (
          <Fault
            problem={problem}
            text={
              refusal === undefined
                ? reasonOrNothing(speech, problem.code)
                : t('keys.refused', {
                    reason: reasonText(speech, refusal.code, refusal.advice),
                  })
            }
          />
        )}
        <Button kind="primary" submit busy={add.isPending} data-testid="save-key">
          {t('keys.save')}
        </Button>
      </div>
    </form>
  )
}

function reasonOrNothing(
  speech: Parameters<typeof reasonText>[0],
  code: string,
): string | undefined {
  const text = reasonText(speech, code, '')

  return text === '' ? undefined : text
}
