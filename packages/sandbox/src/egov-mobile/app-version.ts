/** Version of the simulated app; what it can do depends on it (kz-egov-mobile §3, §4.2, §9). */
export type AppVersion = {
  readonly platform: 'ios' | 'android'
  /** Dotted numbers, e.g. `2.4.1`. */
  readonly version: string
}

/** What a version of the app does. Seed, "Примечания" and "MIX_SIGN": all three came together. */
export type AppAbilities = {
  readonly sendsAcceptLanguage: boolean
  readonly showsServerMessage: boolean
  readonly signsMix: boolean
}

/** The first versions that send Accept-Language, show `message` and know MIX_SIGN (seed). */
export const FIRST_MODERN_VERSION = Object.freeze({ ios: '2.4.1', android: '1.6.77' })

/** Versions that the console offers: the first modern ones and the last before them. */
export const KNOWN_APP_VERSIONS: readonly AppVersion[] = Object.freeze([
  { platform: 'ios', version: '2.4.1' },
  { platform: 'ios', version: '2.4.0' },
  { platform: 'android', version: '1.6.77' },
  { platform: 'android', version: '1.6.76' },
])

/** Reads `ios 2.4.1` or `android 1.6.77`; `undefined` for anything else. */
export function parseAppVersion(text: string): AppVersion | undefined {
  const parts = /^(ios|android) (\d{1,4}(?:\.\d{1,4}){1,3})$/.exec(text)
  if (parts === null) return undefined
  const [, platform, version] = parts
  if ((platform !== 'ios' && platform !== 'android') || version === undefined) return undefined

  return { platform, version }
}

/** The inverse of {@link parseAppVersion}. */
export function formatAppVersion({ platform, version }: AppVersion): string {
  return `${platform} ${version}`
}

/** What this version does. */
export function abilitiesOf({ platform, version }: AppVersion): AppAbilities {
  const isModern = compareVersions(version, FIRST_MODERN_VERSION[platform]) >= 0

  return { sendsAcceptLanguage: isModern, showsServerMessage: isModern, signsMix: isModern }
}

function compareVersions(left: string, right: string): number {
  const a = left.split('.').map(Number)
  const b = right.split('.').map(Number)
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }

  return 0
}
