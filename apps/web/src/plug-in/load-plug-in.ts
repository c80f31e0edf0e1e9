import type { Cades } from './cades.ts'
import { PlugInError } from './plug-in-error.ts'

/** What the extension's own script looks for on the page, and calls. */
type Host = {
  readonly set: (plugIn: Cades) => void
  readonly async_spawn: (
    run: (args: readonly unknown[]) => Generator<unknown, unknown, unknown>,
    ...args: readonly unknown[]
  ) => Promise<unknown>
  readonly current_log_level: number
  readonly LOG_LEVEL_DEBUG: 4
  readonly LOG_LEVEL_INFO: 2
  readonly LOG_LEVEL_ERROR: 1
  readonly EnableInternalCSP: false
}

type Extension = {
  readonly check_chrome_plugin: (onLoaded: () => void, onError: (text: unknown) => void) => void
}

declare global {
  interface Window {
    cadesplugin?: (Partial<Cades> & object) | PromiseLike<unknown> | undefined
    cpcsp_chrome_nmcades?: Extension | undefined
  }
}

const patienceMs = 10_000
const script = 'nmcades_plugin_api.js'

/** The vendor's extension in the stores of Chrome (two generations), Opera and Yandex. */
const chromiumExtensions = [
  'pfhgbfnnjiafkhfdkmpiflachepdcjod',
  'iifchhfnnmpdbibifmljnfjhpififfog',
  'epebfcehmdedogndhlcacafjaacknbcm',
] as const

let loading: Promise<Cades> | undefined

/**
 * The browser plug-in, once for a page. A `cadesplugin` that the page has already is awaited and used;
 * else the extension is asked for its script, which must be allowed by `script-src`.
 * @throws PlugInError `plug-in.missing`
 */
export function loadPlugIn(): Promise<Cades> {
  loading ??= load().catch((error: unknown) => {
    // It may be installed a minute later.
    loading = undefined
    throw error
  })

  return loading
}

async function load(): Promise<Cades> {
  const known = window.cadesplugin
  if (known !== undefined && !isHost(known)) {
    try {
      await known
    } catch (error) {
      throw new PlugInError('plug-in.missing', { cause: error })
    }
    if (isCades(known)) return known

    throw new PlugInError('plug-in.missing')
  }

  return askExtension()
}

const hosts = new WeakSet<object>()
const isHost = (value: object): boolean => hosts.has(value)

function isCades(value: unknown): value is Cades {
  return typeof value === 'object' && value !== null && 'CreateObjectAsync' in value
}

/** The handshake that the vendor's page script makes with its extension. */
async function askExtension(): Promise<Cades> {
  let plugIn: Cades | undefined
  const host: Host = {
    set: (loaded) => {
      plugIn = loaded
    },
    async_spawn: spawn,
    current_log_level: 1,
    LOG_LEVEL_DEBUG: 4,
    LOG_LEVEL_INFO: 2,
    LOG_LEVEL_ERROR: 1,
    EnableInternalCSP: false,
  }
  hosts.add(host)
  window.cadesplugin = host
  try {
    const isOwn = await loadFirst(
      chromiumExtensions.map((id) => `chrome-extension://${id}/${script}`),
    )
    const said = await echo()
    // Firefox and Safari give each installation an id of its own, so the answer says where the script is.
    if (!isOwn) await loadScript(addressIn(said))
    await new Promise<void>((resolve, reject) => {
      const extension = window.cpcsp_chrome_nmcades
      if (extension === undefined) reject(new PlugInError('plug-in.missing'))
      else extension.check_chrome_plugin(resolve, reject)
    })
  } catch (error) {
    throw new PlugInError('plug-in.missing', { cause: error })
  }
  if (plugIn === undefined) throw new PlugInError('plug-in.missing')

  return plugIn
}

/** Runs a generator as the extension's script expects it: the arguments come as one list. */
async function spawn(
  run: (args: readonly unknown[]) => Generator<unknown, unknown, unknown>,
  ...args: readonly unknown[]
): Promise<unknown> {
  const steps = run(args)
  let step = steps.next()
  while (step.done !== true) {
    try {
      step = steps.next(await step.value)
    } catch (error) {
      step = steps.throw(error)
    }
  }

  return step.value
}

/** Is one of the scripts there? Only Chromium knows addresses of extensions beforehand. */
async function loadFirst(addresses: readonly string[]): Promise<boolean> {
  if (!('chrome' in window)) return false
  for (const address of addresses) {
    const isThere = await loadScript(address).then(
      () => true,
      () => false,
    )
    if (isThere) return true
  }

  return false
}

function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script')
    element.src = address
    element.onload = () => resolve()
    element.onerror = () => reject(new PlugInError('plug-in.missing'))
    document.head.append(element)
  })
}

/** Asks whether an extension is here. Resolves to what it says. */
function echo(): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      window.removeEventListener('message', hear)
    }
    const hear = ({ data, source }: MessageEvent<unknown>) => {
      if (source !== window || typeof data !== 'string' || !data.startsWith('cadesplugin_loaded'))
        return

      end()
      resolve(data)
    }
    const timer = setTimeout(() => {
      end()
      reject(new PlugInError('plug-in.missing'))
    }, patienceMs)
    window.addEventListener('message', hear)
    window.postMessage('cadesplugin_echo_request', '*')
  })
}

function addressIn(said: string): string {
  const address = /url:\s*(\S+)$/.exec(said)?.[1] ?? ''
  if (!/^(?:moz|safari(?:-web)?)-extension:\/\/[\w/-]+\/nmcades_plugin_api\.js$/.test(address)) {
    throw new PlugInError('plug-in.missing')
  }

  return address
}
