import { adviceWaits } from '#consultation/advice/waits.ts'
import { boardWaits } from '#consultation/board/board-waits.ts'
import { deskWaits } from '#consultation/desk/waits.ts'
import type { ReportRules } from '#consultation/reports/report-rules.ts'
import { reportWaits } from '#consultation/reports/waits.ts'
import { procurementWaits } from '#procurement/sheets/waits.ts'
import { tenderWaits } from '#procurement/tenders/waits.ts'
import type { WaitSource } from '#register/waits.ts'
import { acknowledgementWaits } from '#user-rules/acknowledgements/waits.ts'
import { userRuleWaits } from '#user-rules/waits.ts'

/** Every room in which something can wait for somebody, in the order in which a system passes through them. */
export const waitSources = ({ reportRules }: { readonly reportRules: ReportRules }): readonly WaitSource[] => [
  deskWaits,
  reportWaits(reportRules),
  boardWaits,
  adviceWaits,
  procurementWaits,
  tenderWaits,
  userRuleWaits,
  acknowledgementWaits,
]
