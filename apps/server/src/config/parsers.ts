import type { ConfigProblemCode } from './error.ts'

/** What a parser makes of a text: a value, or why there is none and what was expected. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ConfigProblemCode; readonly expected: string }

export type Parser<Value> = {
  /** Name of the type, for the list of variables. */
  readonly type: string
  readonly parse: (text: string) => Parsed<Value>
}

export const text: Parser<string> = {
  type: 'text',
  parse: (value) => accept(value),
}

/** A folder; relative ones are resolved by the caller against the working folder. */
export const folder: Parser<string> = {
  type: 'folder',
  parse: (value) => accept(value),
}

/** A whole number, written in decimal digits alone. */
export function integer(min: number, max: number, unit = 'number'): Parser<number> {
  const expected = `a whole number from ${min} to ${max}`

  return {
    type: unit,
    parse: (value) => {
      if (!/^\d{1,15}$/.test(value)) {
        return refuse('config.not-a-number', expected)
      }
      const number = Number(value)

      return number >= min && number <= max
        ? accept(number)
        : refuse('config.out-of-range', expected)
    },
  }
}

export const port: Parser<number> = integer(1, 65_535, 'port')

/** A port, or 0 for any that is free. */
export const portOrAny: Parser<number> = integer(0, 65_535, 'port')

export function oneOf<const Choice extends string>(choices: readonly Choice[]): Parser<Choice> {
  return {
    type: choices.join(' | '),
    parse: (value) => {
      const choice = choices.find((candidate) => candidate === value)

      return choice === undefined
        ? refuse('config.not-one-of', `one of ${choices.join(', ')}`)
        : accept(choice)
    },
  }
}

/** Scheme, host and port alone, without user name, path, query or fragment. Without a final slash. */
export const origin: Parser<string> = {
  type: 'URL',
  parse: (value) => {
    const url = parseHttpUrl(value)

    return url === undefined || url.pathname !== '/' || url.search !== '' || /[?#]/.test(value)
      ? refuse(
          'config.not-a-url',
          'an http or https address without a path, like https://sign.example.kz',
        )
      : accept(url.origin)
  },
}

/** An http or https URL. */
export const httpUrl: Parser<string> = {
  type: 'URL',
  parse: (value) => {
    const url = parseHttpUrl(value)

    return url === undefined
      ? refuse('config.not-a-url', 'an http or https URL without a user name')
      : accept(url.href)
  },
}

/** A host name or address as it stands in a `Host` header, with its port when that is not the usual one. */
export const hosts: Parser<readonly string[]> = listOf(
  {
    type: 'host',
    parse: (value) => {
      const url = parseHttpUrl(`http://${value}`)
      const isPlain = url !== undefined && /^[^/?#]+$/.test(value)

      return isPlain
        ? accept(value.toLowerCase())
        : refuse('config.not-a-host', 'host names, with a port where it is not the usual one')
    },
  },
  'hosts',
)

/** A name or an address that a server can listen on. */
export const listenHost: Parser<string> = {
  type: 'host',
  parse: (value) =>
    /^[A-Za-z0-9.:-]+$/.test(value)
      ? accept(value)
      : refuse('config.not-a-host', 'an address to listen on, like 127.0.0.1 or 0.0.0.0'),
}

/** A PostgreSQL connection URL, as libpq has it. */
export const databaseUrl: Parser<string> = {
  type: 'URL',
  parse: (value) =>
    /^postgres(ql)?:\/\//.test(value) && URL.canParse(value)
      ? accept(value)
      : refuse('config.not-a-url', 'a URL that begins with postgres:// or postgresql://'),
}

/** 32 random bytes, as 64 hexadecimal digits or as base64. */
export const secretKey: Parser<Uint8Array> = {
  type: 'key',
  parse: (value) => {
    const isHex = /^[0-9a-f]{64}$/i.test(value)
    const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(value)

    return isHex || isBase64
      ? accept(new Uint8Array(Buffer.from(value, isHex ? 'hex' : 'base64')))
      : refuse('config.not-a-key', '32 random bytes as 64 hexadecimal digits: openssl rand -hex 32')
  },
}

export const secretKeys: Parser<readonly Uint8Array[]> = listOf(secretKey, 'keys')

/** Files by their whole paths. */
export const absolutePaths: Parser<readonly string[]> = listOf(
  {
    type: 'path',
    parse: (value) =>
      value.startsWith('/')
        ? accept(value)
        : refuse('config.not-a-path', 'whole paths of files, without spaces'),
  },
  'paths',
)

function listOf<Value>(parser: Parser<Value>, type: string): Parser<readonly Value[]> {
  return {
    type,
    parse: (value) => {
      const parsed = value
        .split(/[\s,]+/)
        .filter((item) => item !== '')
        .map((item) => parser.parse(item))
      const failed = parsed.find((item) => !item.ok)

      return failed ?? accept(parsed.flatMap((item) => (item.ok ? [item.value] : [])))
    },
  }
}

function parseHttpUrl(value: string): URL | undefined {
  const url = /\s/.test(value) ? null : URL.parse(value)
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'

  return url !== null && isHttp && url.username === '' && url.password === '' ? url : undefined
}

function accept<Value>(value: Value): Parsed<Value> {
  return { ok: true, value }
}

function refuse(code: ConfigProblemCode, expected: string): Parsed<never> {
  return { ok: false, code, expected }
}
