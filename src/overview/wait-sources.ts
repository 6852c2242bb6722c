import { boardWaits } from '#consultation/board/board-waits.ts'
import { procurementWaits } from '#procurement/sheets/waits.ts'
import type { WaitSource } from '#register/waits.ts'
import { acknowledgementWaits } from '#user-rules/acknowledgements/waits.ts'
import { userRuleWaits } from '#user-rules/waits.ts'

/** Every room in which something can wait for somebody, in the order in which a system passes through them. */
export const waitSources: readonly WaitSource[] = [boardWaits, procurementWaits, userRuleWaits, acknowledgementWaits]
