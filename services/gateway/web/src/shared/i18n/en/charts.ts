/** Words of every chart. */
export const charts = {
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
  chartOf: (title: string) => `Chart: ${title}. Its figures can be shown as a table.`,
}
