// Command lines for the differential test against the GNU tools; `put FILE TEXT` writes a file on both sides.

import { attributeCases } from './attributes.ts';
import { copyCases } from './copies.ts';
import { listingCases } from './listings.ts';
import { nameCases } from './names.ts';
import { outputCases } from './output.ts';
import { processCases } from './processes.ts';

export const gnuCases: Readonly<Record<string, readonly string[]>> = {
  ...outputCases,
  ...nameCases,
  ...attributeCases,
  ...copyCases,
  ...listingCases,
  ...processCases,
};
