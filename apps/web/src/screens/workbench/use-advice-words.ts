import { useProviderText } from '../../app/app-context.tsx'
import type { ServiceText } from '../../services/service-words.ts'

/**
 * What to do about a code of ESIA, of the portal or of our client, in the language of the page: the words
 * that tell why a signing ended with it. Nothing for a code that has none.
 */
export function adviceWords(text: ServiceText, code: string): string | undefined {
  const keys = [
    code.startsWith('ESIA-') ? `reason.esia.${code}` : `reason.epgu.${code}`,
    `reason.${code}`,
  ]

  return keys.map((key) => text('goskey', key)).find((words) => words !== '')
}

export function useAdviceWords(): (code: string) => string | undefined {
  const text = useProviderText()

  return (code) => adviceWords(text, code)
}
