// Lists as docker prints them: a table, JSON lines or a template of the user's.

import { type Docker, failDocker } from './docker-command.ts';
import type { TextFlag } from './flags.ts';
import { compileTemplate, runTemplate, type Template } from './go-template.ts';
import { headerFunctions } from './go-template-functions.ts';
import type { GoValue, Methods } from './go-value.ts';
import { textTable } from './text-table.ts';

export const formatFlag = {
  kind: 'string',
  help: "How to print: 'table' with headings (the default), 'table TEMPLATE', 'json', or a Go template for each line",
} as const satisfies TextFlag;

export interface Listing {
  readonly rows: readonly Methods[];
  /** Column → its heading. */
  readonly headings: Readonly<Record<string, string>>;
  /** Columns of the table nobody asked to change. */
  readonly columns: readonly string[];
  /** What the format `raw` prints of a row, a line for each: its name, and the column. */
  readonly raw?: Readonly<Record<string, string>>;
  /** Of the user: `table`, `json`, `raw`, a template. */
  readonly format: string | undefined;
  /** Before what a template that cannot be filled has to say. */
  readonly failure?: string;
}

/** Prints the list. Throws DockerError for a template that fails. */
export const printListing = (docker: Docker, listing: Listing): number => {
  docker.print(listingText(listing));
  return 0;
};

/** Throws DockerError for a template that fails. */
export const listingText = ({ rows, headings, columns, raw, format, failure = FAILURE }: Listing): string => {
  const wanted = (format ?? '').replaceAll('\\t', '\t').replaceAll('\\n', '\n').trim();
  const isTable = wanted === '' || wanted === 'table' || wanted.startsWith('table ');
  const source = rowTemplate(wanted, columns, raw);
  const lines = renderRows(source, rows, failure);
  if (!isTable) return lines.map((line) => `${line}\n`).join('');
  const heading = renderOne(compile(source, true), new Map(Object.entries(headings)), failure);
  return textTable([heading, ...lines].map((line) => line.split('\t')));
};

const rowTemplate = (wanted: string, columns: readonly string[], raw: Listing['raw']): string => {
  if (wanted === 'raw' && raw !== undefined)
    return Object.entries(raw)
      .map(([name, column]) => `${name}: {{.${column}}}\n`)
      .join('');
  if (wanted === 'json') return '{{json .}}';
  if (wanted === '' || wanted === 'table') return columns.map((column) => `{{.${column}}}`).join('\t');
  return wanted.replace(/^table\s+/, '');
};

const compile = (source: string, heading = false): Template => {
  const { template, error } = heading ? compileTemplate(source, headerFunctions) : compileTemplate(source);
  return template ?? failDocker(`failed to parse template: ${error}`);
};

const FAILURE = 'failed to execute template';

const renderOne = (template: Template, data: GoValue, failure: string): string => {
  const { text, error } = runTemplate(template, data);
  return error === undefined ? text : failDocker(`${failure}: ${error}`);
};

const renderRows = (source: string, rows: readonly Methods[], failure: string): string[] => {
  const template = compile(source);
  return rows.map((row) => renderOne(template, row, failure));
};
