import type { DictionaryItem } from '@muhr/epgu'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { gatewayOptions, onlyOne, parseEpguArguments, wholeNumber } from './gateway-options.ts'
import { openPublicGateway } from './open-gateway.ts'

const usage =
  'muhr epgu dictionary CODE [--search TEXT] [--parent VALUE] [--subtree] [--page N --page-size N] [--epgu URL] [--ca FILE] [--json]'

/** Items and what stands below them, parents first. */
function flatten(items: readonly DictionaryItem[]): readonly DictionaryItem[] {
  return items.flatMap((item) => [item, ...flatten(item.children)])
}

/** Does the value, title or an attribute have the text, whatever its case? */
function matches({ value, title = '', attributeValues }: DictionaryItem, text: string): boolean {
  const wanted = text.toLocaleLowerCase('ru')

  return [value, title, ...Object.values(attributeValues).map(String)].some((each) =>
    each.toLocaleLowerCase('ru').includes(wanted),
  )
}

/**
 * `muhr epgu dictionary`: a dictionary of the portal, or a page of it (ru-epgu-goskey.md §4.5). `--search`
 * looks for a text in what came; it needs no token.
 */
export async function runDictionary(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: {
      ...gatewayOptions,
      search: { type: 'string' },
      parent: { type: 'string' },
      subtree: { type: 'boolean' },
      page: { type: 'string' },
      'page-size': { type: 'string' },
    },
  })
  const code = onlyOne(positionals, usage)
  const { search, parent } = values
  const pageNum = wholeNumber('page', values.page)
  const pageSize = wholeNumber('page-size', values['page-size'])
  const gateway = await openPublicGateway(values, io)
  const { total, items } = await gateway.lookUpDictionary(code, {
    treeFiltering: values.subtree === true ? 'SUBTREE' : 'ONELEVEL',
    ...(parent === undefined ? {} : { parentRefItemValue: parent }),
    ...(pageNum === undefined ? {} : { pageNum }),
    ...(pageSize === undefined ? {} : { pageSize }),
  })
  const found = flatten(items).filter((item) => search === undefined || matches(item, search))
  if (values.json === true) {
    io.stdout(
      printableJson({
        code,
        total: total ?? null,
        items: found.map(({ value, parentValue, title, isLeaf, attributeValues }) => ({
          value,
          parentValue: parentValue ?? null,
          title: title ?? null,
          isLeaf: isLeaf ?? null,
          attributeValues,
        })),
      }),
    )
  } else {
    io.stdout(found.map(({ value, title = '' }) => `${plainText(`${value}  ${title}`)}\n`).join(''))
    io.stderr(`${found.length} shown${total === undefined ? '' : `, ${total} in all`}\n`)
  }

  return exitCode.passed
}
