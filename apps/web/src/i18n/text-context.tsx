import { createContext, Fragment, type ReactNode, useContext, useMemo } from 'react'
import { createFormats, type Formats } from '../format/formats.ts'
import type { CommonCatalogue } from './common/ru.ts'
import { type Catalogue, type Locale, languageTags, type Translate } from './message.ts'
import { createTranslator, splitBold } from './translate.ts'

/** What a component needs to speak: texts and formats of the language. */
export type Speech<C> = {
  readonly locale: Locale
  readonly t: Translate<C>
  readonly format: Formats
}

const SpeechContext = createContext<Speech<Catalogue> | undefined>(undefined)

/** Shows a text whose `**…**` runs are bold. */
export function Rich({ text }: { readonly text: string }) {
  return (
    <>
      {splitBold(text).map((part, index) =>
        part.bold ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the runs of one text never change places
          <b key={index}>{part.text}</b>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </>
  )
}

/** Gives a language and its catalogue to everything below it. */
export function SpeechProvider(props: {
  readonly locale: Locale
  readonly catalogue: Catalogue
  readonly timeZone?: string
  readonly children: ReactNode
}) {
  const { locale, catalogue, timeZone, children } = props
  const speech = useMemo((): Speech<Catalogue> => {
    return {
      locale,
      t: createTranslator(locale, catalogue),
      format: createFormats({ locale, timeZone }),
    }
  }, [locale, catalogue, timeZone])

  return <SpeechContext value={speech}>{children}</SpeechContext>
}

/**
 * Speech over the catalogue `C`. Components shared by both pages ask for the common one only;
 * a component of one page names that page's.
 */
export function useSpeech<C = CommonCatalogue>(): Speech<C> {
  const speech = useContext(SpeechContext)

  if (speech === undefined) throw new TypeError('useSpeech: no SpeechProvider above')

  // The provider was given at least C: each page's entry merges the catalogues it names.
  return speech as unknown as Speech<C>
}

/** Language tag for the `lang` attribute of a fragment. */
export function langOf(locale: Locale): string {
  return languageTags[locale]
}
