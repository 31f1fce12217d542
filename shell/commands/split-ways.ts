// The ways in which split cuts its input.

import { chunks, readAll } from './input.ts';
import type { Pieces } from './split-pieces.ts';
import type { Plan, Way } from './split-plan.ts';
import { joinBytes } from './text.ts';

type Splitter = (pieces: Pieces, fd: number, plan: Plan, noEmpty: boolean) => Promise<void>;

const byLines: Splitter = async (pieces, fd, { size }) => {
  let left = 0;
  for await (const chunk of chunks(pieces.out.process, fd)) {
    for (let at = 0; at < chunk.length; ) {
      if (left === 0 && !(await pieces.begin())) return;
      if (left === 0) left = size;
      let end = at;
      while (left > 0 && end < chunk.length) {
        const newline = chunk.indexOf(10, end);
        end = newline === -1 ? chunk.length : newline + 1;
        if (newline !== -1) left--;
      }
      await pieces.write(chunk.subarray(at, end));
      at = end;
    }
  }
  pieces.end();
};

const byBytes: Splitter = async (pieces, fd, { size }) => {
  let left = 0;
  for await (const chunk of chunks(pieces.out.process, fd)) {
    for (let at = 0; at < chunk.length; ) {
      if (left === 0 && !(await pieces.begin())) return;
      if (left === 0) left = size;
      const piece = chunk.subarray(at, at + left);
      await pieces.write(piece);
      left -= piece.length;
      at += piece.length;
    }
  }
  pieces.end();
};

const byLineBytes: Splitter = async (pieces, fd, { size }) => {
  let bytes = await readAll(pieces.out.process, fd);
  while (bytes.length > 0) {
    if (!(await pieces.begin())) return;
    const newline = bytes.length <= size ? -1 : bytes.lastIndexOf(10, size - 1);
    const end = newline === -1 ? size : newline + 1;
    await pieces.write(bytes.subarray(0, end));
    bytes = bytes.subarray(end);
  }
  pieces.end();
};

const byNumber: Splitter = async (pieces, fd, plan, noEmpty) => {
  const bytes = await readAll(pieces.out.process, fd);
  const parts = plan.kind === 'r' ? linesInTurn(bytes, plan.size) : ranges(bytes, plan);
  for (const [at, part] of parts.entries()) {
    if (plan.part === at + 1) pieces.out.bytes(part);
    if (plan.part > 0 || (noEmpty && part.length === 0)) continue;
    if (!(await pieces.begin())) return;
    await pieces.write(part);
  }
  pieces.end();
};

const ranges = (bytes: Uint8Array, { size, kind }: Plan): Uint8Array[] => {
  const each = Math.floor(bytes.length / size);
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at <= size; at++) {
    let end = at === size ? bytes.length : at * each;
    if (kind === 'l' && at < size) {
      const newline = bytes.indexOf(10, Math.max(end - 1, 0));
      end = newline === -1 ? bytes.length : newline + 1;
      if (end < start || at * each <= start) end = start;
    }
    parts.push(bytes.subarray(start, end));
    start = Math.max(start, end);
  }
  return parts;
};

const linesInTurn = (bytes: Uint8Array, size: number): Uint8Array[] => {
  const parts: Uint8Array[][] = Array.from({ length: size }, () => []);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    parts[turn % size]?.push(bytes.subarray(at, end));
    at = end;
  }
  return parts.map((lines) => joinBytes(lines));
};

export const WAYS: Readonly<Record<Way, Splitter>> = {
  bytes: byBytes,
  lines: byLines,
  'line-bytes': byLineBytes,
  number: byNumber,
};
