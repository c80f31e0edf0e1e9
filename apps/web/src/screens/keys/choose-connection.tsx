import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { Connection, SignerKey } from '../../api/settings-types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { providerName } from '../../services/registry.ts'

/** Makes a key the one that a connection seals with. */
export function ChooseConnection(props: {
  readonly signerKey: SignerKey
  readonly connections: readonly Connection[]
  readonly onChosen: () => void
}) {
  const { t } = useSettingsSpeech()
  const text = useProviderText()
  const id = useId()
  const { signerKey: key } = props
  const others = props.connections.filter((each) => !key.connections.includes(each.id))
  const [picked, setPicked] = useState('')
  const connection = others.find((each) => each.id === picked) ?? others[0]
  const choose = useMutation({
    mutationFn: (chosen: string) =>
      request(`/v1/keys/${key.id}/choose`, { method: 'POST', body: { connection: chosen } }),
    onSuccess: props.onChosen,
  })

  return (
    <div className="card-body stack-tight">
      <h3>{t('keys.choose')}</h3>
      <p className="small dim">
        {key.connections.length === 0
          ? t('keys.choose.none')
          : props.connections
              .filter((each) => key.connections.includes(each.id))
              .map(({ name }) => name)
              .join(', ')}
      </p>
      {connection === undefined ? null : (
        <div className="row row-wrap">
          <label className="sr-only" htmlFor={id}>
            {t('keys.choose.for')}
          </label>
          <select
            id={id}
            className="select key-choose"
            value={connection.id}
            onChange={(event) => setPicked(event.target.value)}
          >
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name} · {providerName(text, each.provider)}
              </option>
            ))}
          </select>
          <Button
            size="s"
            busy={choose.isPending}
            onClick={() => choose.mutate(connection.id)}
            data-testid="choose-key"
          >
            {t('keys.choose.do')}
          </Button>
        </div>
      )}
      {choose.isError ? <Fault problem={asProblem(choose.error)} /> : null}
    </div>
  )
}
