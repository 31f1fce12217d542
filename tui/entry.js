#!/usr/bin/env node
// What `cowsh` starts. Written for any Node: it must parse, and say what is missing, where the rest would not.
var oldest = '22.15';
if (isOlder(process.versions.node, oldest)) {
  process.stderr.write(
    'cowsh: needs Node.js ' + oldest + ' or newer, this is ' + process.versions.node + '\n',
  );
  process.exit(2);
}
keepCompiledCode(process.getBuiltinModule('module'));
void import('./cli.js');

function isOlder(version, than) {
  var have = version.split('.');
  var need = than.split('.');
  return Number(have[0]) < Number(need[0]) || (have[0] === need[0] && Number(have[1]) < Number(need[1]));
}

/** Node keeps it in its own place for temporary files: a good part of a start is compiling. */
function keepCompiledCode(module) {
  if (module.enableCompileCache) module.enableCompileCache();
}
