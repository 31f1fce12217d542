// The programs that work on files, against the machine's own.

import { archiveCases } from './oracle/archive-cases.ts';
import { fileToolCases } from './oracle/file-tool-cases.ts';
import { findCases } from './oracle/find-cases.ts';
import { listCases } from './oracle/list-cases.ts';
import { rareToolCases } from './oracle/rare-tool-cases.ts';
import { sameAsTools } from './oracle/tool-oracle.ts';

sameAsTools('files', ['install', 'mktemp', 'realpath'], fileToolCases);
sameAsTools('archives', ['tar', 'gzip', 'zstd'], archiveCases);
sameAsTools('find', ['find'], findCases);
sameAsTools('rare', ['basenc', 'dircolors', 'chcon', 'getfattr'], rareToolCases);
sameAsTools('lists', ['ls', 'du', 'date'], listCases);
