export type AccessReportView = { html_file: string, json_file: string, rows: number, };
