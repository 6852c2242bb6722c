import { reportWords } from '#consultation/reports/words.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'

const lookUp = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? code

/** Words for codes in figures, and for the path of a figure that differs. */
export function useFigureNames() {
  const t = useTexts()
  const { language } = useLanguage()
  const words = reportWords[language]
  const verdict = (code: string) => lookUp(t.words.verdicts, code)
  const stage = (code: string) => lookUp({ ...t.fields.codes.stage, ...t.fields.absences }, code)
  const heads: Readonly<Record<string, (rest: readonly string[]) => string>> = {
    systems: () => words.figures.systems,
    uses: () => words.figures.uses,
    byStage: ([code = '', of = '']) => t.ui.named(stage(code), verdict(of)),
    notReported: ([which]) => (which === 'stage' ? words.figures.noStage : words.figures.noVerdict),
    lists: ([list = '']) =>
      lookUp(
        { ...words.figures.movements, highRisk: words.sections['high-risk'], overrides: words.sections.overrides },
        list,
      ),
    effect: ([key = '']) => lookUp(words.figures.effect, key),
    conditions: ([key = '']) => t.ui.named(words.sections.conditions, lookUp(words.figures.conditions, key)),
  }
  const figure = (at: string) => {
    const [head = '', ...rest] = at.split('.')
    return heads[head]?.(rest) ?? at
  }
  return { words, verdict, stage, figure, caseState: (code: string) => lookUp(words.caseStates, code) }
}
