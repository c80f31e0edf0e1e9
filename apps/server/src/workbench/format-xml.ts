/** A piece of XML text: markup or what stands between. */
type Token = {
  readonly kind: 'open' | 'close' | 'empty' | 'text' | 'other'
  readonly text: string
}

/** Comments, CDATA, instructions and declarations; then tags, whose values may hold `>`; then text. */
const pieces =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+/g

function kindOf(text: string): Token['kind'] {
  if (!text.startsWith('<') || text.startsWith('<![CDATA[')) {
    return 'text'
  }
  if (text.startsWith('<!') || text.startsWith('<?')) {
    return 'other'
  }
  if (text.startsWith('</')) {
    return 'close'
  }

  return text.endsWith('/>') ? 'empty' : 'open'
}

/** Where each opened element closes; none for the others. */
function findEnds(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const open: number[] = []
  const ends = new Map<number, number>()
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === 'open') {
      open.push(index)
    } else if (kind === 'close') {
      ends.set(open.pop() ?? index, index)
    }
  }

  return ends
}

/** Opened elements that have text of their own, which white space would change. */
function findMixed(tokens: readonly Token[]): ReadonlySet<number> {
  const open: number[] = []
  const mixed = new Set<number>()
  for (const [index, { kind, text }] of tokens.entries()) {
    const parent = open.at(-1)
    if (kind === 'open') {
      open.push(index)
      if (/\sxml:space\s*=\s*["']preserve["']/.test(text)) {
        mixed.add(index)
      }
    } else if (kind === 'close') {
      open.pop()
    } else if (kind === 'text' && text.trim() !== '' && parent !== undefined) {
      mixed.add(parent)
    }
  }

  return mixed
}

/**
 * Sets well-formed XML on lines, two spaces for each level. Elements with text of their own stay as they
 * are, octet by octet: white space there would change what they say. Texts and attributes stay the same.
 */
export function formatXml(xml: string): string {
  const tokens: readonly Token[] = (xml.replace(/^\uFEFF/, '').match(pieces) ?? []).map((text) => ({
    kind: kindOf(text),
    text,
  }))
  const ends = findEnds(tokens)
  const mixed = findMixed(tokens)
  const lines: string[] = []
  let depth = 0
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined || (token.kind === 'text' && token.text.trim() === '')) {
      continue
    }
    if (token.kind === 'close') {
      depth -= 1
    }
    const end = ends.get(index)
    const isWhole =
      token.kind === 'open' && end !== undefined && (mixed.has(index) || end === index + 1)
    const text = isWhole
      ? tokens
          .slice(index, end + 1)
          .map((each) => each.text)
          .join('')
      : token.text
    lines.push(`${'  '.repeat(Math.max(0, depth))}${text}`)
    if (isWhole) {
      index = end
    } else if (token.kind === 'open') {
      depth += 1
    }
  }

  return `${lines.join('\n')}\n`
}
