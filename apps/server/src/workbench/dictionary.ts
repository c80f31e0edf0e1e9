import type { DictionaryItem, DictionaryPage, Gateway } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { loadAccount } from './accounts.ts'
import type { WorkbenchGateways } from './gateways.ts'
import { asPortalCall } from './portal-problem.ts'

export type DictionaryWish = {
  readonly code: string
  readonly search?: string | undefined
  readonly parent?: string | undefined
  readonly isSubtree: boolean
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}

export type DictionaryView = {
  readonly total: number | null
  readonly items: readonly Pick<
    DictionaryItem,
    'value' | 'parentValue' | 'title' | 'isLeaf' | 'attributeValues'
  >[]
}

/** Whole dictionaries that were searched lately; who types asks many times for the same. */
const keptMs = 5 * 60_000
const maxKept = 8

type Kept = { readonly items: readonly DictionaryItem[]; readonly at: number }

const flatten = (items: readonly DictionaryItem[]): readonly DictionaryItem[] =>
  items.flatMap((item) => [item, ...flatten(item.children)])

function matches({ value, title = '', attributeValues }: DictionaryItem, text: string): boolean {
  const wanted = text.toLocaleLowerCase('ru')

  return [value, title, ...Object.values(attributeValues).map(String)].some((each) =>
    each.toLocaleLowerCase('ru').includes(wanted),
  )
}

const queryOf = ({ parent, isSubtree }: DictionaryWish) =>
  ({
    treeFiltering: isSubtree ? 'SUBTREE' : 'ONELEVEL',
    ...(parent === undefined ? {} : { parentRefItemValue: parent }),
  }) as const

/** Looks into dictionaries of the portal. */
export type Dictionaries = (input: {
  readonly organisationId: string
  readonly account: string
  readonly wish: DictionaryWish
}) => Promise<DictionaryView>

/**
 * Makes the browser of dictionaries of one process. A page is asked of the portal; a search, which the
 * portal has none of, looks through the whole dictionary here.
 */
export function createDictionaries(app: AppContext, gateways: WorkbenchGateways): Dictionaries {
  const kept = new Map<string, Kept>()

  const whole = async (
    gateway: Gateway,
    { wish, host }: { readonly wish: DictionaryWish; readonly host: string },
  ): Promise<readonly DictionaryItem[]> => {
    const key = JSON.stringify([host, wish.code, queryOf(wish)])
    const now = app.now().getTime()
    const known = kept.get(key)
    if (known !== undefined && now - known.at < keptMs) {
      return known.items
    }
    const { items } = await gateway.lookUpDictionary(wish.code, queryOf(wish))
    kept.delete(key)
    kept.set(key, { items: flatten(items), at: now })
    for (const oldest of kept.size > maxKept ? kept.keys() : []) {
      kept.delete(oldest)
      break
    }

    return flatten(items)
  }

  return async ({ organisationId, account: id, wish }) => {
    const account = await loadAccount(app, organisationId, id)
    const gateway = gateways.open(account)
    const { search, page, pageSize } = wish

    return asPortalCall(async () => {
      if (search === undefined || search === '') {
        return viewOf(
          await gateway.lookUpDictionary(wish.code, {
            ...queryOf(wish),
            pageNum: page,
            pageSize,
          }),
        )
      }
      const all = await whole(gateway, { wish, host: account.epguUrl })
      const found = all.filter((item) => matches(item, search))

      return viewOf({
        total: found.length,
        items: found.slice((page - 1) * pageSize, page * pageSize),
      })
    })
  }
}

function viewOf({ total, items }: DictionaryPage): DictionaryView {
  return {
    total: total ?? null,
    items: flatten(items).map(({ value, parentValue, title, isLeaf, attributeValues }) => ({
      value,
      parentValue,
      title,
      isLeaf,
      attributeValues,
    })),
  }
}
