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

export const ja = {
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
