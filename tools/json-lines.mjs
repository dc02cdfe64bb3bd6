// Commands as JSON lines: one per line on stdin, one answer per line on stdout, in any order, matched by `id`. Other lines are events.
// The process ends with its stdin.
//
//   {"id":1,"op":"start", …}  ->  {"id":1, …}   or  {"id":1,"error":"…"}
import { createInterface } from 'node:readline'

export const print = (line) => process.stdout.write(JSON.stringify(line) + '\n')
export const timeout = (command) => ({ signal: AbortSignal.timeout(command.timeoutMs ?? 60_000) })

async function run (ops, line) {
  let command = {}
  try {
    command = JSON.parse(line)
    const op = ops[command.op]
    if (op == null) throw new Error(`unknown op ${command.op}`)
    print({ id: command.id, ...await op(command) })
  } catch (e) {
    const causes = (e.errors ?? []).map((cause) => `; ${cause}`).join('')
    print({ id: command.id, error: `${e.name}: ${e.message}${causes}` })
  }
}

// Runs `ops`, which give an answer for a command.
export function serveLines (ops) {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => run(ops, line))
  lines.on('close', () => process.exit(0))
  process.on('uncaughtException', (e) => print({ event: 'uncaught', error: String(e?.stack ?? e) }))
  process.on('unhandledRejection', (e) => print({ event: 'uncaught', error: String(e?.stack ?? e) }))
}
