// Bundles the same page with the bundler that is named, into out/NAME, as its users do: `node bundle.mjs vite`.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [name] = process.argv.slice(2);
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const out = path.join(here, "out", name);
// The bundlers are installed beside, so that they cannot be found by accident in what is bundled.
const tools = createRequire(path.join(process.env.BUNDLERS, "package.json"));
const load = (tool) => import(pathToFileURL(tools.resolve(tool)));

async function html() {
  const page = await readFile(path.join(here, "index.html"), "utf8");
  await writeFile(path.join(out, "index.html"), page.replace("/main.js", "./main.js"));
}

const bundlers = {
  // esbuild leaves `new URL(…, import.meta.url)` alone, so the core is imported as a file.
  async esbuild() {
    const { build } = tools("esbuild");
    await build({
      absWorkingDir: here,
      entryPoints: { main: "main-with-address.js", worker: "worker-with-address.js" },
      bundle: true, splitting: true, format: "esm", target: "es2022", minify: true, outdir: out, logLevel: "warning", loader: { ".wasm": "file" },
    });
    await html();
  },
  // Vite bundles with Rollup. A site below any path has `base: "./"`.
  async vite() {
    const { build } = await load("vite");
    await build({ root: here, configFile: false, base: "./", logLevel: "warn", worker: { format: "es" }, build: { outDir: out, target: "es2022", emptyOutDir: true } });
  },
  async webpack() {
    const webpack = tools("webpack");
    const compiler = webpack({ context: here, mode: "production", target: ["web", "es2022"], entry: { main: "./main.js" }, output: { path: out, publicPath: "auto" }, performance: false });
    const stats = await new Promise((resolve, reject) => compiler.run((error, stats) => (error ? reject(error) : resolve(stats))));
    await new Promise((resolve) => compiler.close(resolve));
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    for (const { message } of [...errors, ...warnings]) console.error(message);
    if (errors.length) process.exit(1);
    await html();
  },
};

await bundlers[name]();
