import { describe, expect, it } from 'vitest'
import { fillField, formFields } from './form-fields.ts'

const xml = `<?xml version="1.0"?>
<!-- <a>not me</a> -->
<s:r xmlns:s="urn:t"><s:a x="1>2">one &amp; two</s:a><b/>
  <c><d>&#1071;</d><e><![CDATA[raw]]></e></c><f></f>
</s:r>`

describe('the form of a document', () => {
  it('has every element that holds text alone, with its way down', () => {
    expect(formFields(xml).map(({ path, value }) => `${path.join('/')}=${value}`)).toEqual([
      'r/a=one & two',
      'r/b=',
      'r/c/d=Я',
      'r/f=',
    ])
  })

  it('changes one value and nothing else', () => {
    const [a, b] = formFields(xml)
    const next = fillField(xml, a as never, '<3 & 4>')
    expect(next).toBe(xml.replace('one &amp; two', '&lt;3 &amp; 4&gt;'))
    expect(formFields(next)[0]?.value).toBe('<3 & 4>')
    expect(fillField(xml, b as never, 'x')).toBe(xml.replace('<b/>', '<b>x</b>'))
  })
})
