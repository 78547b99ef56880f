// Standard JSON in, standard JSON out, by the WebAssembly compiler of the npm package `solc`.
//
// A result is kept under the hash of compiler, options and input, with the hash of every file that the
// compiler asked for; it is used again only while all of these files are as they were.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cacheFolder = process.env.DUEBILL_SOLC_CACHE ?? path.join(root, ".tools", "solc-cache");

const digest = (data) => createHash("sha256").update(data).digest("hex");

function parseOptions(args) {
  const folders = [];
  let standardJson = false;
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].split(/=(.*)/s);
    const value = () => inline ?? args[++i];
    if (name === "--standard-json") standardJson = true;
    else if (name === "--base-path") folders.unshift(value());
    else if (name === "--include-path") folders.push(value());
    else if (name === "--allow-paths") value();
    else if (name !== "-") throw new Error(`this compiler takes standard JSON only; it does not know ${args[i]}`);
  }
  if (!standardJson) throw new Error("this compiler takes standard JSON only: call it with --standard-json");
  return folders.length > 0 ? folders : ["."];
}

function find(folders, name) {
  return folders.map((folder) => path.resolve(folder, name)).find((file) => fs.existsSync(file));
}

function makeReader(folders, filesRead) {
  return (name) => {
    const file = find(folders, name);
    if (file === undefined) return { error: `File not found: ${name}` };
    const contents = fs.readFileSync(file, "utf8");
    filesRead[name] = digest(contents);
    return { contents };
  };
}

function readCached(entryFile, folders) {
  if (!fs.existsSync(entryFile)) return undefined;
  const { output, filesRead } = JSON.parse(fs.readFileSync(entryFile, "utf8"));
  const isUnchanged = ([name, hash]) => {
    const file = find(folders, name);
    return file !== undefined && digest(fs.readFileSync(file, "utf8")) === hash;
  };
  return Object.entries(filesRead).every(isUnchanged) ? output : undefined;
}

function writeCached(file, entry) {
  fs.mkdirSync(cacheFolder, { recursive: true });
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, JSON.stringify(entry));
  fs.renameSync(aside, file);
}

// A pipe may be full: then a write is refused with EAGAIN and has to be tried again.
function writeAll(text) {
  const bytes = Buffer.from(text);
  let sent = 0;
  while (sent < bytes.length) {
    try {
      sent += fs.writeSync(1, bytes, sent);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function compile(input, folders) {
  const filesRead = {};
  const solc = createRequire(path.join(root, "package.json"))("solc");
  const output = solc.compile(input, { import: makeReader(folders, filesRead) });
  return { output, filesRead };
}

const args = process.argv.slice(2);
const folders = parseOptions(args);
const input = fs.readFileSync(0, "utf8");
const compiler = fs.readFileSync(path.join(root, "node_modules", "solc", "package.json"), "utf8");
const key = digest(JSON.stringify([JSON.parse(compiler).version, input]));
const entryFile = path.join(cacheFolder, `${key}.json`);
let output = readCached(entryFile, folders);
if (output === undefined) {
  const entry = compile(input, folders);
  output = entry.output;
  writeCached(entryFile, entry);
}
writeAll(output);
