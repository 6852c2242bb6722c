import type { ReactNode } from 'react'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Page } from '#web/ui/page.tsx'
import { WizardSteps } from '#web/ui/steps.tsx'

export const wizardSteps = ['file', 'reading', 'map', 'running', 'result'] as const
export type WizardStep = (typeof wizardSteps)[number]

type Props = {
  step: WizardStep
  title?: string
  /** Goes back to a step that is done. */
  onGo?: (step: WizardStep) => void
  children: ReactNode
}

/** The five steps of an import; those that are done are links. */
export function WizardFrame({ step, title, onGo, children }: Props) {
  const t = useTexts()
  const words = t.importing.wizard
  const at = wizardSteps.indexOf(step)
  return (
    <Page
      title={title ?? words.title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.importing.title, href: paths.imports() },
      ]}
    >
      <WizardSteps
        steps={wizardSteps.map((id, i) => ({
          id,
          name: words.steps[id],
          state: i < at ? 'done' : i === at ? 'now' : 'later',
        }))}
        {...(onGo ? { onGo: (id: string) => onGo(wizardSteps.find((one) => one === id) ?? 'file') } : {})}
      />
      {children}
    </Page>
  )
}
