/**
 * What reports say to people, in four languages: for pages, terminals and messages.
 * @module
 */
export { adviceWords } from './advice.ts'
export {
  type Answer,
  type AnsweredQuestion,
  answerQuestions,
  answerWords,
  type Question,
  questionWords,
  readableTime,
} from './questions.ts'
export { roleWords, sandboxWords, standingWords, verdictWords } from './report.ts'
export { fill, type Language, languages, type Words, type WordValues } from './words.ts'
