// Sections whose files are hostile, huge or cannot be kept: named, left out, never half-done.

#include <filesystem>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  all.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// A YAML document that is ten to the tenth words long where somebody follows its aliases.
std::string alias_bomb() {
  std::string yaml = "a: &a [\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\"]\n";
  for (char name = 'b'; name < 'k'; ++name) {
    const std::string before = std::string{"*"} + static_cast<char>(name - 1);
    yaml += std::string{name} + ": &" + name + " [" + repeated(before + ",", 9) + before + "]\n";
  }
  return yaml;
}

const std::map<std::string, std::string> hostile_pages{
    {"quotes.md", "---\ntitle: \"q\"\n---\n\n" + repeated(">", 100'000) + " deep\n"},
    {"lists.md", "---\ntitle: \"l\"\n---\n\n" + repeated("- ", 100'000) + "deep\n"},
    {"brackets.md", repeated("[", 100'000) + repeated("](x)", 100'000)},
    {"emphasis.md", repeated("*a_ ", 100'000)},
    {"sequences.md", "---\na: " + repeated("[", 100'000) + "\n---\n\ntext\n"},
    {"toml-arrays.md", "+++\na = " + repeated("[", 100'000) + "\n+++\n\ntext\n"},
    {"json-arrays.md", "{\"a\": " + repeated("[", 100'000) + "\n}\n\ntext\n"},
    {"aliases.md", "---\n" + alias_bomb() + "---\n\ntext\n"},
    {"anchors.md", "---\ntitle: &t \"x\"\nother: *t\n---\n\ntext\n"},
    {"tags.md", "---\ntitle: !!python/object:os.system \"x\"\n---\n\ntext\n"},
    {"twice.md", "---\ntitle: \"a\"\ntitle: \"b\"\n---\n\ntext\n"},
    {"tabs.md", "---\ntitle:\t\"a\"\n\tx: 1\n---\n\ntext\n"},
    {"utf8.md", "---\ntitle: \"\xE9\"\n---\n\n\xFF\xFE\xC0\xAF\n"},
    {"nul.md", std::string("---\ntitle: \"n\"\n---\n\na\0b\n", 25)}};

// A run of the program in which no file can grow over so many blocks of 512 bytes: as on a disk that is full.
ProgramResult run_on_small_disk(int blocks, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"sh", "-c",
                                 "ulimit -f " + std::to_string(blocks) + "; trap '' XFSZ; exec \"$@\"", "sh",
                                 STUBKEEPER_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run_program(words);
}

}  // namespace

TEST_CASE("hostile pages are imported, checked and exported as they are") {
  TestKnowledgeBase base;
  const std::string section = base.folder / "section";
  for (const auto& [name, bytes] : hostile_pages) write_file(section + "/" + name, bytes);
  base.run_ok({"import", section});
  const auto checked = base.run({"check", "--all", "--only", "front-matter-broken"});
  CHECK(checked.exit_code == 1);
  for (const char* found :
       {"sequences.md:1: error", "toml-arrays.md:2: error", "twice.md:3: error", "tabs.md:3: error"}) {
    INFO(found << " in " << checked.out);
    CHECK(checked.out.find(std::string{found} + ": the front matter cannot be read") != std::string::npos);
  }
  base.run_ok({"export"});
  for (const auto& [name, bytes] : hostile_pages) {
    INFO(name);
    CHECK(read_file(base.site + "/" + name) == bytes);
  }
  CHECK(base.run_ok({"export"}).out.find("0 written") != std::string::npos);
}

TEST_CASE("what is too large, a link or a pipe is left out by name, and the rest is taken in") {
  TestKnowledgeBase base;
  const std::string section = base.folder / "section";
  write_file(section + "/good.md", "---\ntitle: \"Good\"\n---\n\nText.\n");
  write_file(section + "/huge.md", "---\ntitle: \"Huge\"\n---\n\n");
  fs::resize_file(section + "/huge.md", 50'000'000);
  fs::create_symlink("/etc/passwd", section + "/link.md");
  run_program({"mkfifo", section + "/pipe.md"});
  const auto imported = base.run({"import", section});
  CHECK(imported.exit_code == 3);
  CHECK(imported.out.find("1 added") != std::string::npos);
  CHECK(imported.err.find("huge.md: is larger than 10000000 bytes") != std::string::npos);
  CHECK(imported.err.find("link.md: is a symbolic link") != std::string::npos);
  CHECK(imported.err.find("pipe.md: is no regular file") != std::string::npos);

  const auto checked = base.run({"check", "--folder", section});
  CHECK(checked.exit_code == 3);
  CHECK(checked.err.find("huge.md") != std::string::npos);
}

TEST_CASE("a disk that fills up during an import or an export loses nothing, and the next run goes on") {
  TestKnowledgeBase base;
  const std::string section = base.folder / "section";
  std::map<std::string, std::string> pages;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "page-" + std::to_string(i) + ".md";
    std::string text = "---\ntitle: \"Page\"\n---\n\n";
    // Text that does not compress to nothing.
    for (int word = 0; word < 400; ++word)
      text += std::to_string((i * 7919 + word * 104729) % 1'000'003) + " ";
    pages[name] = text + "\n";
    write_file(section + "/" + name, pages[name]);
  }
  const auto filled = run_on_small_disk(400, {"import", "--kb", base.kb, section});
  CHECK(filled.exit_code == 1);
  CHECK(filled.err.find(base.kb + "/kb.sqlite") != std::string::npos);
  INFO(filled.err);
  CHECK(filled.err.find("make room") != std::string::npos);
  CHECK(base.run_ok({"doctor"}).out.find("sound") != std::string::npos);
  CHECK(base.run_ok({"import", section}).out.find("skipped") == std::string::npos);
  CHECK(base.json({"status"})["entries"] == 300);

  const auto half = run_on_small_disk(100, {"export", "--kb", base.kb});
  CHECK(half.exit_code != 0);
  INFO(half.err);
  CHECK(half.err.find("make room") != std::string::npos);
  base.run_ok({"export"});
  for (const auto& [name, bytes] : pages) REQUIRE(read_file(base.site + "/" + name) == bytes);
  CHECK(base.run_ok({"doctor"}).out.find("sound") != std::string::npos);
}
