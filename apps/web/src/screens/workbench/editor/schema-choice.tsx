import type { GoskeySchema } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** Under which schema a text is held: that of its service, one of Госключ by profile and kind, or none. */
export type SchemaChoice = 'service' | 'auto' | 'none' | `${GoskeySchema['profile']} ${Kind}`

const kinds = ['person-unep', 'person-ukep', 'organisation-ukep', 'treasury-ukep'] as const
type Kind = (typeof kinds)[number]

const offered = [
  '1.9 person-unep',
  '1.9 person-ukep',
  '1.9 organisation-ukep',
  '1.9 treasury-ukep',
  '1.8 person-unep',
  '1.8 person-ukep',
] as const satisfies readonly SchemaChoice[]

/** The schema of Госключ that a choice names; undefined for the others. */
export function goskeyOf(choice: SchemaChoice): GoskeySchema | 'auto' | undefined {
  if (choice === 'auto') return 'auto'

  const [profile, service] = choice.split(' ')

  return (profile === '1.8' || profile === '1.9') && service !== undefined
    ? { profile, service }
    : undefined
}

export function SchemaPicker(props: {
  readonly choice: SchemaChoice
  readonly hasService: boolean
  readonly onChoose: (choice: SchemaChoice) => void
}) {
  const { t } = useBenchSpeech()
  const { choice, hasService, onChoose } = props

  return (
    <select
      className="select bench-schema"
      aria-label={t('bench.schema')}
      value={choice}
      onChange={(event) => onChoose(event.target.value as SchemaChoice)}
      data-testid="schema-choice"
    >
      {hasService ? <option value="service">{t('bench.schema.service')}</option> : null}
      <option value="auto">{t('bench.schema.auto')}</option>
      {offered.map((each) => {
        const [profile = '', kind = ''] = each.split(' ')

        return (
          <option key={each} value={each}>
            {t('bench.schema.goskey', { profile, service: t(`bench.schema.${kind as Kind}`) })}
          </option>
        )
      })}
      <option value="none">{t('bench.schema.none')}</option>
    </select>
  )
}
