import type { XmlFaultCode } from '@muhr/pki'
import { Problem } from '../http/problems.ts'
import { runXmlThread } from './run-xml-thread.ts'

/** One thing wrong with a document, at its place; both from 1. */
export type XmlFinding = {
  readonly kind: 'not-well-formed' | 'schema' | 'refused'
  readonly line: number
  readonly column: number
  readonly element?: string | undefined
  readonly attribute?: string | undefined
  /** What is wrong in a word; absent for what is rare. */
  readonly code?: XmlFaultCode | undefined
  readonly message: string
}

/**
 * Looks at a document: is it well-formed, and does it keep to the schema? What a schema says has no values
 * of the document in it.
 * @throws Problem `workbench.schema` with the line, `workbench.xml` for what asks for too much work
 */
export async function checkXml(
  document: Uint8Array,
  schema: string | undefined,
): Promise<readonly XmlFinding[]> {
  const outcome = await runXmlThread({
    document,
    schema: schema === undefined ? undefined : new TextEncoder().encode(schema),
  })
  switch (outcome.kind) {
    case 'checked':
      return outcome.faults
    case 'refused':
      return [
        {
          kind: 'refused',
          line: outcome.line ?? 1,
          column: 1,
          message: `${outcome.code}: ${outcome.message}`,
        },
      ]
    case 'bad-schema':
      throw schemaProblem(outcome.line)
    case 'too-costly':
      throw new Problem('workbench.xml', 'The check asks for more work than a real file needs.', {
        field: schema === undefined ? 'xml' : 'schema',
      })
    case 'broken':
      throw new Error(`the XML check ended: ${outcome.name}`)
  }
}

const schemaProblem = (line: number | undefined): Problem =>
  new Problem('workbench.schema', 'The XML Schema cannot be used alone.', {
    fields: [
      {
        field: line === undefined || line === 0 ? 'schema' : `schema:${line}`,
        code: 'xml.bad-schema',
        advice: 'Give an XML Schema 1.0 that is whole: nothing is fetched for its imports.',
      },
    ],
  })

/**
 * Compiles a schema to see that it can be used.
 * @throws Problem `workbench.schema`, `workbench.xml`
 */
export async function expectSchema(schema: string | undefined): Promise<void> {
  if (schema !== undefined) {
    await checkXml(new TextEncoder().encode('<nothing/>'), schema)
  }
}
