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
  /** Of the user: `table`, `json`, a template. */
  readonly format: string | undefined;
}

/** Prints the list; the promise is that of the output. Throws DockerError for a template that fails. */
export const printListing = (docker: Docker, { rows, headings, columns, format }: Listing): number => {
  const wanted = (format ?? '').replaceAll('\\t', '\t').replaceAll('\\n', '\n').trim();
  const isTable = wanted === '' || wanted === 'table' || wanted.startsWith('table ');
  const source = rowTemplate(wanted, columns);
  const lines = renderRows(source, rows);
  if (!isTable) {
    docker.print(lines.map((line) => `${line}\n`).join(''));
    return 0;
  }
  const heading = renderOne(compile(source, true), new Map(Object.entries(headings)));
  docker.print(textTable([heading, ...lines].map((line) => line.split('\t'))));
  return 0;
};

const rowTemplate = (wanted: string, columns: readonly string[]): string => {
  if (wanted === 'json') return '{{json .}}';
  if (wanted === '' || wanted === 'table') return columns.map((column) => `{{.${column}}}`).join('\t');
  return wanted.replace(/^table\s+/, '');
};

const compile = (source: string, heading = false): Template => {
  const { template, error } = heading ? compileTemplate(source, headerFunctions) : compileTemplate(source);
  return template ?? failDocker(`failed to parse template: ${error}`);
};

const renderOne = (template: Template, data: GoValue): string => {
  const { text, error } = runTemplate(template, data);
  return error === undefined ? text : failDocker(`failed to execute template: ${error}`);
};

const renderRows = (source: string, rows: readonly Methods[]): string[] => {
  const template = compile(source);
  return rows.map((row) => renderOne(template, row));
};
