import type { Format, Report, Request, Session } from "./core.js";

export { check, explain, fix, rules, versions } from "./core.js";
export type * from "./core.js";

/** A session with the files and options of a request; its own are `set`, `put`, `remove`, `step` and `report`. */
export function session(request?: Request): Session;

/** Writes a report of `check` in a format of the command; `ticked` are ids of plan steps that are done. */
export function render(report: Report, format: Format, ticked?: string[]): string;

/**
 * Loads and compiles the core, once; nothing else may be called before that is done. `source` is for a page that keeps the
 * core elsewhere, or that has compiled it already. In Node it is loaded by the import, and this does nothing.
 */
export function init(source?: WebAssembly.Module | Response | Promise<Response> | URL | string): Promise<void>;
