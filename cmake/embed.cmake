# Writes OUTPUT, a C++ file that defines FUNCTION in NAMESPACE (declared in HEADER) with the text of each of FILES below ROOT, as
# schema::EmbeddedFile.
set(table "")
set(code "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\nnamespace {\n")
set(number 0)
list(SORT FILES)
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND code "constexpr unsigned char data_${number}[] = {${bytes}0};\n")
  string(APPEND table "      {\"${file}\", {reinterpret_cast<const char*>(data_${number}), sizeof data_${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND code "}  // namespace\n\nstd::span<const schema::EmbeddedFile> ${FUNCTION}() {\n"
  "  static const schema::EmbeddedFile files[] = {\n${table}  };\n  return files;\n}\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${code}")
