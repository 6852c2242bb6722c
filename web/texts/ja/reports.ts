export const reports = {
  title: '定期報告',
}
