// What dd tells in the end: records, bytes, and how fast.

import type { DdRules } from './dd-operands.ts';
import { flavorOf, libcOf } from './flavor.ts';
import { humanSize } from './human-size.ts';
import type { Output } from './output.ts';

export interface Copied {
  full: number;
  partial: number;
  written: number;
  writtenPartial: number;
  truncated: number;
  bytes: number;
}

export const report = async (
  out: Output,
  copied: Copied,
  seconds: number,
  status: DdRules['status'],
): Promise<void> => {
  if (status === 'none') return;
  const records = `${copied.full}+${copied.partial} records in\n${copied.written}+${copied.writtenPartial} records out\n`;
  if (flavorOf(out.process) === 'busybox')
    return out.errorText(records + appletTransfer(out, copied.bytes, seconds));
  const { truncated } = copied;
  const cut = truncated === 0 ? '' : `${truncated} truncated record${truncated === 1 ? '' : 's'}\n`;
  const transfer =
    status === 'noxfer' ? '' : `${transferText(copied.bytes, seconds, secondsText(seconds))}\n`;
  await out.errorText(records + cut + transfer);
};

/** `46 bytes copied, 0.1 s, 460 B/s`. */
const transferText = (bytes: number, seconds: number, elapsed: string): string => {
  const si = bytes >= 1000 ? [unitText(bytes, 1000)] : [];
  const iec = bytes >= 1024 ? [unitText(bytes, 1024)] : [];
  const sizes = [...si, ...iec].join(', ');
  const rate = seconds > 0 ? `${unitText(bytes / seconds, 1000, 1)}/s` : 'Infinity B/s';
  const noun = bytes === 1 ? 'byte' : 'bytes';
  return `${bytes} ${noun}${sizes === '' ? '' : ` (${sizes})`} copied, ${elapsed} s, ${rate}`;
};

/** The line of status=progress, which goes over the one before it. */
export const progressText = (bytes: number, seconds: number, before: string): string =>
  transferText(bytes, seconds, seconds.toFixed(0)).padEnd(before.length);

/** Alpine's applet tells the transfer too; the plain one leaves it at the records. */
const appletTransfer = ({ process }: Output, bytes: number, seconds: number): string => {
  if (libcOf(process) === 'glibc') return '';
  const rate = `${humanSize(seconds > 0 ? bytes / seconds : bytes)}B/s`;
  return `${bytes} bytes (${humanSize(bytes)}B) copied, ${seconds.toFixed(6)} seconds, ${rate}\n`;
};

/** As %g prints it: six digits, an exponent below a ten-thousandth. */
const secondsText = (seconds: number): string => {
  if (seconds === 0 || seconds >= 1e-4) return String(Number(seconds.toPrecision(6)));
  return seconds.toExponential(5).replace(/\.?0*e-(\d)$/, 'e-0$1');
};

/** `1.0 MB`, `12 KiB`: one decimal below ten, rounded to nearest; at least in units of base ** `least`. */
const unitText = (bytes: number, base: 1000 | 1024, least = 0): string => {
  const powers = ['', base === 1000 ? 'k' : 'K', 'M', 'G', 'T', 'P'];
  let value = bytes;
  let power = 0;
  while ((value >= base || power < least) && power < powers.length - 1) {
    value /= base;
    power++;
  }
  const digits = power > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value));
  return `${digits} ${powers[power]}${base === 1024 && power > 0 ? 'i' : ''}B`;
};
