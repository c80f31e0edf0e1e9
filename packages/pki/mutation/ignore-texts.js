/**
 * Texts for people: no code looks at them, and no test may. All other strings are codes, names of checks,
 * OIDs and the like, and are altered like the rest of the code.
 */
const texts = ['message', 'advice']

const isText = ({ node, parent, key }) =>
  key === 'value' &&
  parent?.type === 'ObjectProperty' &&
  texts.includes(parent.key.name) &&
  ['StringLiteral', 'TemplateLiteral'].includes(node.type)

/** A plugin of Stryker. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'texts',
    value: {
      shouldIgnore: (path) =>
        isText({ node: path.node, parent: path.parent, key: path.key })
          ? 'a text for people'
          : undefined,
    },
  },
]
