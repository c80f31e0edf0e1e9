import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'

type Json = { readonly [key: string]: unknown }

describe('the description of the API', () => {
  let muhr: TestInstallation
  let document: Json

  beforeAll(async () => {
    muhr = await startTestInstallation()
    const answer = await fetch(`${muhr.server.url}/v1/openapi.json`)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    document = (await answer.json()) as Json
  })
  afterAll(() => muhr?.stop())

  const operations = () =>
    Object.entries(document['paths'] as Record<string, Record<string, Json>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )

  it('is OpenAPI 3.1 in its outline', () => {
    expect(document['openapi']).toMatch(/^3\.1\.\d+$/)
    expect(document['info']).toMatchObject({ title: 'Muhr', version: expect.any(String) })
    expect(document['servers']).toEqual([{ url: muhr.config.publicUrl }])
    const schemes = (document['components'] as { securitySchemes: Json }).securitySchemes
    for (const requirement of document['security'] as Json[]) {
      expect(Object.keys(schemes)).toEqual(expect.arrayContaining(Object.keys(requirement)))
    }
  })

  it('has for every operation a summary, its parameters, and answers with a schema', () => {
    expect(operations().length).toBeGreaterThan(15)
    for (const { path, method, operation } of operations()) {
      const name = `${method} ${path}`
      expect(['get', 'post', 'put', 'patch', 'delete'], name).toContain(method)
      expect(operation['summary'], name).toEqual(expect.any(String))
      expect(operation['tags'], name).toHaveLength(1)
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const parameters = (operation['parameters'] ?? []) as {
        in: string
        name: string
        required?: boolean
        schema?: Json
      }[]
      expect(
        parameters.filter((each) => each.in === 'path').map((each) => each.name),
        name,
      ).toEqual(placeholders)
      for (const parameter of parameters) {
        expect(['path', 'query', 'header', 'cookie'], name).toContain(parameter.in)
        expect(parameter.schema, `${name} ${parameter.name}`).toBeDefined()
        expect(parameter.in !== 'path' || parameter.required === true, name).toBe(true)
      }
      const responses = operation['responses'] as Record<
        string,
        { description: string; content?: Json }
      >
      expect(Object.keys(responses), name).toEqual(expect.arrayContaining(['4XX', '5XX']))
      const good = Object.keys(responses).filter((status) => status.startsWith('2'))
      expect(good, name).toHaveLength(1)
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^(default|[1-5](\d\d|XX))$/)
        expect(response.description, `${name} ${status}`).not.toBe('')
        expect(status === '204' || response.content !== undefined, `${name} ${status}`).toBe(true)
      }
      for (const status of ['4XX', '5XX']) {
        expect(responses[status]?.content, name).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        })
      }
      if (operation['requestBody'] !== undefined) {
        const { content } = operation['requestBody'] as { content: Json }
        expect(Object.keys(content).length, name).toBeGreaterThan(0)
      }
    }
  })

  it('refers only to what is there', () => {
    const references: string[] = []
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) {
        value.forEach(walk)
      } else if (value !== null && typeof value === 'object') {
        for (const [key, inner] of Object.entries(value)) {
          if (key === '$ref') {
            references.push(String(inner))
          }
          walk(inner)
        }
      }
    }
    walk(document)
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) {
      const found = reference
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document)
      expect(found, reference).toBeDefined()
    }
  })

  it('says in 3.1 what 3.0 said by nullable', () => {
    const text = JSON.stringify(document)
    expect(text).not.toContain('"nullable"')
    expect(text).toMatch(/"type":"null"|\["string","null"\]/)
  })

  it('names the uploads as bytes and the streams as event streams', () => {
    const find = (method: string, path: string) =>
      operations().find((each) => each.method === method && each.path === path)?.operation as {
        requestBody: { content: Json }
        responses: Record<string, { content: Json }>
      }
    expect(Object.keys(find('post', '/v1/documents').requestBody.content)).toEqual([
      'application/octet-stream',
    ])
    expect(
      Object.keys(find('get', '/v1/envelopes/stream').responses['200']?.content ?? {}),
    ).toEqual(['text/event-stream'])
    expect(
      Object.keys(find('get', '/v1/envelopes/{id}/evidence').responses['200']?.content ?? {}),
    ).toEqual(['application/zip'])
  })

  it('knows Idempotency-Key on every operation that may be repeated with it', () => {
    for (const { path, method, operation } of operations()) {
      // A question may be asked again as it is.
      const takes =
        method === 'post' && !/preflight|logout|verifications|workbench\/xml|\/look$/.test(path)
      const parameters = (operation['parameters'] ?? []) as { in: string; name: string }[]
      expect(
        parameters.some(
          (each) => each.in === 'header' && each.name.toLowerCase() === 'idempotency-key',
        ),
        `${method} ${path}`,
      ).toBe(takes)
    }
  })
})
