import type { Texts } from './language.tsx'
import { access } from './en/access.ts'
import { account } from './en/account.ts'
import { catalog } from './en/catalog.ts'
import { fields } from '#register/words/en.ts'
import { evidence } from './en/evidence.ts'
import { finder } from './en/finder.ts'
import { importing } from './en/import.ts'
import { log } from './en/log.ts'
import { notices } from './en/notices.ts'
import { overview } from './en/overview.ts'
import { people } from './en/people.ts'
import { problems } from './en/problems.ts'
import { register } from './en/register.ts'
import { shell } from './en/shell.ts'
import { ui } from './en/ui.ts'
import { words } from './en/words.ts'
import { desk } from './en/desk.ts'
import { docket } from './en/docket.ts'
import { advice } from './en/advice.ts'
import { reports } from './en/reports.ts'
import { procurement } from './en/procurement.ts'
import { tenders } from './en/tenders.ts'
import { documents } from './en/documents.ts'
import { userRules } from './en/user-rules.ts'
import { staffRules } from './en/staff-rules.ts'
import { stages } from './en/stages.ts'

export const en: Texts = {
  stages,
  staffRules,
  userRules,
  documents,
  tenders,
  procurement,
  reports,
  advice,
  docket,
  desk,
  access,
  account,
  catalog,
  evidence,
  fields,
  finder,
  importing,
  log,
  notices,
  overview,
  people,
  problems,
  register,
  shell,
  ui,
  words,
}
