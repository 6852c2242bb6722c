import type { Waiting } from '#overview/api.ts'
import { paths } from '#web/paths.ts'
import type { Texts } from '#web/texts/language.tsx'

type Words = Readonly<Record<string, string>>

/** Texts of a room that words what waits in it. */
const of = (texts: { readonly waits?: Words }): Words => texts.waits ?? {}

/** The words of a code stand in the texts of the room that gives it, by the screen on which it waits. */
export const waitTexts = (t: Texts): Readonly<Record<Waiting['screen'], readonly Words[]>> => ({
  register: [t.overview.waiting.sentences],
  consultations: [of(t.desk)],
  cases: [of(t.docket), of(t.advice)],
  conditions: [of(t.advice)],
  procurements: [of(t.procurement), of(t.tenders)],
  userRules: [of(t.userRules)],
  myRules: [of(t.staffRules)],
  acknowledgements: [of(t.staffRules)],
  reports: [of(t.reports)],
  tenders: [of(t.tenders)],
})

export const waitWords = (t: Texts, { screen, what }: Pick<Waiting, 'screen' | 'what'>): string =>
  waitTexts(t)[screen].find((words) => words[what] !== undefined)?.[what] ?? what

/** The list that shows exactly what was counted. */
const lists: Readonly<Record<Waiting['screen'], (query: Waiting['filter']) => string>> = {
  register: paths.register,
  consultations: paths.consultations,
  cases: paths.docket,
  conditions: paths.boardConditions,
  procurements: paths.procurements,
  userRules: paths.userRules,
  myRules: paths.myRules,
  acknowledgements: paths.acknowledgements,
  reports: paths.reports,
  tenders: paths.tenders,
}
export const waitAddress = ({ screen, filter }: Pick<Waiting, 'screen' | 'filter'>): string => lists[screen](filter)
