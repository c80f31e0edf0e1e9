import { fill, languages, type Words, type WordValues } from '../words/words.ts'

/** Markup that may stand in a page as it is. Text becomes markup only through {@link text}. */
export type Html = string & { readonly brand: 'Html' }

/** Text as markup, with nothing in it that a browser would act on. */
export function text(value: string): Html {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;') as Html
}

/** Template tag: text values are escaped, markup and lists of it are put in as they are. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (Html | readonly Html[])[]
): Html {
  return strings
    .map((string, index) => {
      const value = values[index] ?? ''

      return `${string}${typeof value === 'string' ? value : value.join('')}`
    })
    .join('') as Html
}

export const nothing = '' as Html

/** Markup when there is a reason for it. */
export function when(condition: boolean, markup: () => Html): Html {
  return condition ? markup() : nothing
}

/**
 * A message in all languages; the style sheet shows one of them. Without style sheets all are read,
 * which is still the truth.
 */
export function say(words: Words, values: WordValues = {}): Html {
  const filled = fill(words, values)
  const isSame = languages.every((language) => filled[language] === filled.en)

  return isSame
    ? text(filled.en)
    : (languages
        .map((language) => `<span class="t" lang="${language}">${text(filled[language])}</span>`)
        .join('') as Html)
}

/** A digest in groups of four, whole: a report on paper has nothing to click. */
export function digest(hex: string): Html {
  return `<code class="hash">${text(hex.replace(/(.{4})(?=.)/g, '$1 '))}</code>` as Html
}

/** Two columns of terms and values; pairs without a value are left out. */
export function pairs(list: readonly (readonly [term: Html, value: Html | undefined])[]): Html {
  const rows = list.flatMap(([term, value]) =>
    value === undefined || value === '' ? [] : [html`<dt>${term}</dt><dd>${value}</dd>`],
  )

  return html`<dl>${rows}</dl>`
}
