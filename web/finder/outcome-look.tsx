import { cannotDecide, type Catalog } from '#catalog/model.ts'
import { verdictOf } from '#finder/api.ts'
import type { Verdict } from '#register/model.ts'
import { classes } from '#web/ui/class-names.ts'
import { Icon } from '#web/ui/icon.tsx'
import { verdictIcon, verdictLook, VerdictTag } from '#web/ui/tags.tsx'

import type { Worder } from './words.ts'

/**
 * The shape and colour of an outcome. Outcomes the register has a word for look as they do there; of a foreign rule set
 * the strictest looks like a consultation and the others are quiet, because what they mean is not known here.
 */
export function lookOf(catalog: Catalog, outcome: string | null): Verdict {
  if (outcome === null || outcome === cannotDecide) return 'cannot-decide'
  if (verdictOf(outcome) === outcome) return outcome as Verdict
  const own = catalog.outcomes.find((o) => o.id === outcome)
  const strictest = Math.max(...catalog.outcomes.map((o) => o.strictness))
  return own?.strictness === strictest && catalog.outcomes.length > 1 ? 'consult-board' : 'out-of-scope'
}

type Props = { catalog: Catalog; outcome: string | null; words: Worder }

export function OutcomeTag({ catalog, outcome, words }: Props) {
  const look = lookOf(catalog, outcome)
  if (look === outcome) return <VerdictTag verdict={look} />
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1 rounded-4 border px-2 py-0.5 align-middle text-note leading-snug',
        verdictLook(look),
      )}
    >
      <Icon name={verdictIcon(look)} size={16} />
      {words.shortOutcome(outcome)}
    </span>
  )
}
