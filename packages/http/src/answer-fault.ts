/** Why an answer from outside could not be used. */
export type AnswerFault =
  | 'not-json'
  | 'not-utf8'
  | 'too-large'
  | 'too-deep'
  | 'too-many-values'
  | 'wrong-shape'
  | 'cut-off'
  | 'redirect'
