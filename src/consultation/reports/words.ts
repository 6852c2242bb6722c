import type { SectionId } from './model.ts'

/** Words of a report, on the screen and in the file alike. */
type Words = {
  readonly title: string
  readonly sections: Record<SectionId, string>
  readonly figures: {
    readonly systems: string
    readonly uses: string
    readonly total: string
    readonly noVerdict: string
    readonly noStage: string
    readonly stage: string
    readonly movements: { readonly added: string; readonly changed: string; readonly retired: string }
    readonly number: string
    readonly name: string
    readonly use: string
    readonly caseState: string
    readonly noCase: string
    readonly judged: string
    readonly notJudged: string
    readonly decision: string
    readonly ruled: string
    readonly decided: string
    readonly effect: {
      readonly uses: string
      readonly expectedHours: string
      readonly expectedKnown: string
      readonly measuredHours: string
      readonly measuredKnown: string
      readonly notMeasured: string
    }
    readonly conditions: {
      readonly open: string
      readonly reported: string
      readonly met: string
      readonly withdrawn: string
      readonly overdue: string
    }
    readonly riskCount: string
    readonly riskSource: string
    readonly riskNone: string
    readonly riskUnknown: string
  }
  readonly caseStates: Readonly<Record<string, string>>
  readonly states: { readonly draft: string; readonly checked: string; readonly submitted: string }
  readonly head: {
    readonly organisation: string
    readonly period: string
    readonly number: string
    readonly state: string
    readonly figuresAt: string
    readonly submittedAt: string
    readonly item: string
    readonly value: string
    readonly text: string
  }
  readonly noText: string
}

export const reportWords: Record<'ja' | 'en', Words> = {
  ja: {
    title: '定期報告',
    sections: {
      overview: '概要',
      uses: '利用の状況（段階と判定）',
      movements: '期間中の新規・変更・廃止',
      'high-risk': 'ボードへの相談が必要とされた利用',
      overrides: 'ルールの結論と異なる判断',
      effect: '効果',
      'risk-cases': 'リスクケース',
      conditions: '助言の条件への対応',
      plans: '今後の取組',
    },
    figures: {
      systems: 'システムの数',
      uses: '利用の数',
      total: '合計',
      noVerdict: '判定が未報告の利用',
      noStage: '段階が報告されていない利用',
      stage: '段階',
      movements: { added: '新しく登録した', changed: '登録を変更した', retired: '廃止した' },
      number: '番号',
      name: '名称',
      use: '利用',
      caseState: '案件の状態',
      noCase: '案件はまだありません',
      judged: '判断済み',
      notJudged: '判断待ち',
      decision: 'AI統括責任者の判断',
      ruled: 'ルールの結論',
      decided: '判断',
      effect: {
        uses: '運用・利用の段階にある利用',
        expectedHours: '見込む効果（時間／年）',
        expectedKnown: '見込みを示した利用',
        measuredHours: '測った効果（時間／年）',
        measuredKnown: '測った利用',
        notMeasured: 'まだ測っていない利用',
      },
      conditions: {
        open: '未了',
        reported: '報告済み（確認待ち）',
        met: '満たした',
        withdrawn: '取り下げられた',
        overdue: '期限超過（未了と報告済みのうち）',
      },
      riskCount: '件数（室が記入）',
      riskSource: '出典',
      riskNone: '天秤には、リスクケースがまだ記録されていません。件数は、室が出典とともに記入します。',
      riskUnknown: '件数は記入されていません（0件という意味ではありません）',
    },
    caseStates: { preparing: '準備中', submitted: '提出済み', withdrawn: '取り下げ', advised: '助言済み' },
    states: { draft: '作成中', checked: '確認済み', submitted: '提出済み' },
    head: {
      organisation: '府省',
      period: '対象期間',
      number: '版',
      state: '状態',
      figuresAt: '数値の時点',
      submittedAt: '提出日時',
      item: '項目',
      value: '値',
      text: '記述',
    },
    noText: '記述はありません。',
  },
  en: {
    title: 'Periodic report',
    sections: {
      overview: 'Summary',
      uses: 'Uses by stage and verdict',
      movements: 'New, changed and retired in the period',
      'high-risk': 'Uses that call for consulting the Board',
      overrides: 'Decisions other than the rule says',
      effect: 'Effect',
      'risk-cases': 'Risk cases',
      conditions: 'Conditions of advice',
      plans: 'What comes next',
    },
    figures: {
      systems: 'Systems',
      uses: 'Uses',
      total: 'Total',
      noVerdict: 'Uses without a reported verdict',
      noStage: 'Uses without a reported stage',
      stage: 'Stage',
      movements: { added: 'Newly registered', changed: 'Changed', retired: 'Retired' },
      number: 'Number',
      name: 'Name',
      use: 'Use',
      caseState: 'State of the case',
      noCase: 'No case yet',
      judged: 'Decided',
      notJudged: 'Waits for a decision',
      decision: 'Decision of the CAIO',
      ruled: 'What the rule says',
      decided: 'Decision',
      effect: {
        uses: 'Uses in operation',
        expectedHours: 'Expected effect (hours a year)',
        expectedKnown: 'Uses that state an expectation',
        measuredHours: 'Measured effect (hours a year)',
        measuredKnown: 'Uses that were measured',
        notMeasured: 'Uses not yet measured',
      },
      conditions: {
        open: 'Open',
        reported: 'Reported, waits to be settled',
        met: 'Met',
        withdrawn: 'Withdrawn',
        overdue: 'Past the due date (of those open or reported)',
      },
      riskCount: 'Count (entered by the office)',
      riskSource: 'Source',
      riskNone: 'No risk cases are recorded in Tenbin yet. The office enters a count together with its source.',
      riskUnknown: 'No count was entered (this does not mean zero)',
    },
    caseStates: { preparing: 'In preparation', submitted: 'Submitted', withdrawn: 'Withdrawn', advised: 'Advised' },
    states: { draft: 'Draft', checked: 'Checked', submitted: 'Submitted' },
    head: {
      organisation: 'Ministry',
      period: 'Period',
      number: 'Version',
      state: 'State',
      figuresAt: 'Figures as of',
      submittedAt: 'Submitted',
      item: 'Item',
      value: 'Value',
      text: 'Text',
    },
    noText: 'No text.',
  },
}
