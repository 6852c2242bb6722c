import { access } from './ja/access.ts'
import { account } from './ja/account.ts'
import { catalog } from './ja/catalog.ts'
import { fields } from '#register/words/ja.ts'
import { evidence } from './ja/evidence.ts'
import { finder } from './ja/finder.ts'
import { importing } from './ja/import.ts'
import { log } from './ja/log.ts'
import { notices } from './ja/notices.ts'
import { overview } from './ja/overview.ts'
import { people } from './ja/people.ts'
import { problems } from './ja/problems.ts'
import { register } from './ja/register.ts'
import { shell } from './ja/shell.ts'
import { ui } from './ja/ui.ts'
import { words } from './ja/words.ts'
import { desk } from './ja/desk.ts'
import { docket } from './ja/docket.ts'
import { advice } from './ja/advice.ts'
import { reports } from './ja/reports.ts'
import { procurement } from './ja/procurement.ts'
import { tenders } from './ja/tenders.ts'
import { documents } from './ja/documents.ts'
import { userRules } from './ja/user-rules.ts'
import { staffRules } from './ja/staff-rules.ts'
import { stages } from './ja/stages.ts'

export const ja = {
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
