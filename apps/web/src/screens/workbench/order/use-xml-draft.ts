import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { benchServiceQuery, benchXmlQuery, saveXml } from '../../../api/workbench.ts'
import type { BenchFile, BenchOrderDetail } from '../../../api/workbench-types.ts'
import { goskeyOf, type SchemaChoice } from '../editor/schema-choice.tsx'
import { useXmlCheck, type XmlCheck } from '../editor/use-xml-check.ts'
import type { OrderSteps } from './use-order-steps.ts'

/** Until it is sent, an order may be changed. */
export const isOpen = ({ state }: Pick<BenchOrderDetail, 'state'>): boolean =>
  state === 'draft' || state === 'sealing' || state === 'built'

export type XmlDraft = {
  readonly text: string
  readonly isLoaded: boolean
  readonly isDirty: boolean
  readonly schema: string | undefined
  readonly choice: SchemaChoice
  readonly choose: (choice: SchemaChoice) => void
  readonly check: XmlCheck
  readonly setText: (text: string) => void
  /** Stores the text if it was changed; false when the server refused it. */
  readonly save: () => Promise<boolean>
}

/** Texts that were typed and not stored, while the tab lives: a look elsewhere loses nothing. */
const kept = new Map<string, string>()

const mainOf = ({ files }: Pick<BenchOrderDetail, 'files'>): BenchFile | undefined =>
  files.find(({ role, removedAt }) => role === 'main' && removedAt === null)

/** The request file in the editor: its text, what is not stored of it, and what the check says. */
export function useXmlDraft(order: BenchOrderDetail, steps: OrderSteps): XmlDraft {
  const client = useQueryClient()
  const main = mainOf(order)
  const stored = useQuery(benchXmlQuery(order.id, main?.id))
  const service = useQuery({
    ...benchServiceQuery(order.service?.id ?? '', order.service?.version),
    enabled: order.service !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [typed, setTyped] = useState(() => kept.get(order.id))
  const schema = service.data?.schema
  const base = stored.data ?? ''
  const text = typed ?? base
  const isDirty = typed !== undefined && typed !== base
  const [chosen, choose] = useState<SchemaChoice | undefined>()
  const choice = chosen ?? (order.service === null ? 'auto' : 'service')
  const waits = order.service !== null && service.isPending
  const check = useXmlCheck(
    waits || stored.isPending ? '' : text,
    choice === 'service' ? schema : undefined,
    goskeyOf(choice),
  )
  const setText = useCallback(
    (next: string) => {
      kept.set(order.id, next)
      setTyped(next)
    },
    [order.id],
  )
  const save = async (): Promise<boolean> => {
    if (!isDirty || typed === undefined) return true

    const saving = typed
    const isSaved = await steps.run('xml', async () => {
      const next = await saveXml(order.id, saving)
      // Read before the page turns to it: the server filled in number and guid.
      await client.fetchQuery(benchXmlQuery(order.id, mainOf(next)?.id))

      return next
    })

    if (isSaved) {
      kept.delete(order.id)
      // What was typed while it was stored stays typed.
      setTyped((now) => (now === saving ? undefined : now))
    }

    return isSaved
  }

  useEffect(() => {
    if (!isDirty) return

    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)

    return () => removeEventListener('beforeunload', warn)
  }, [isDirty])

  return {
    text,
    isLoaded: !stored.isPending,
    isDirty,
    schema,
    choice,
    choose,
    check,
    setText,
    save,
  }
}
