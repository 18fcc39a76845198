// Validates documents against one schema of a file: node validate.mjs FILE POINTER DOCUMENT...
//
// FILE is JSON or YAML, POINTER the JSON Pointer of the schema in it ("" for the whole), each DOCUMENT a file of JSON. Prints one line of
// JSON for each document: {"document": ..., "valid": ..., "errors": [...]}. Exit status 0 where every document was validated, valid or not;
// 2 where that could not be done, as for a schema that does not compile.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const [file, pointer, ...documents] = process.argv.slice(2);
try {
  const text = readFileSync(file, "utf8");
  const root = file.endsWith(".yaml") ? parse(text) : JSON.parse(text);
  // Not strict: OpenAPI documents have keywords of their own. References that lead nowhere are errors all the same.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const id = root.$id ?? "file:///schema";
  ajv.addSchema(root, id);
  const validate = ajv.compile({ $ref: id + "#" + pointer });
  for (const document of documents) {
    const valid = validate(JSON.parse(readFileSync(document, "utf8")));
    const errors = (validate.errors ?? []).slice(0, 20).map((error) => `${error.instancePath || "/"} ${error.message}`);
    console.log(JSON.stringify({ document, valid, errors: valid ? [] : errors }));
  }
} catch (error) {
  console.error(`${file}#${pointer}: ${error.message}`);
  process.exitCode = 2;
}
