export { Session, check, explain, fix, render, rules, session, versions } from "./core.js";
export type * from "./core.js";

/**
 * Loads and compiles the core, once; nothing else may be called before that is done. `source` is for a page that keeps the
 * core elsewhere, or that has compiled it already. In Node it is loaded by the import, and this does nothing.
 */
export function init(source?: WebAssembly.Module | Response | Promise<Response> | URL | string): Promise<void>;
