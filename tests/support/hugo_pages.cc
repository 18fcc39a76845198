#include "tests/support/hugo_pages.h"

#include <filesystem>
#include <optional>
#include <regex>

#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {
namespace {

namespace fs = std::filesystem;

// A site with the shortcodes that generated pages call, which shows whatever they have.
class HugoSite {
 public:
  HugoSite() {
    write_file(site_ / "config.toml",
               "baseURL = \"https://site.example/\"\ndisableKinds = [\"taxonomy\", \"term\"]\n"
               "[markup.goldmark.renderer]\nunsafe = true\n");
    write_file(site_ / "layouts/_default/single.html", "{{ .Title }}{{ .Content }}");
    write_file(site_ / "layouts/_default/list.html", "{{ range .Pages }}{{ .Title }}{{ end }}");
    for (const char* name : {"icon", "note"})
      write_file(site_ / "layouts/shortcodes" / (std::string{name} + ".html"), "{{ .Inner }}");
  }

  void put(std::size_t number, const std::string& page) const { write_file(file(number), page); }
  void remove(std::size_t number) const { fs::remove(file(number)); }

  // Empty where all is built.
  std::string build() const {
    const auto result = run_program(
        {"hugo", "--source", site_.string(), "--destination", (site_ / "public").string(), "--quiet"});
    return result.exit_code == 0 ? "" : result.out + result.err + "\n";
  }

 private:
  std::string file(std::size_t number) const {
    return (site_ / "content" / (std::to_string(number) + ".md")).string();
  }
  static void write_file(const fs::path& path, const std::string& text) {
    testing::write_file(path.string(), text);
  }

  TemporaryFolder folder_;
  fs::path site_ = folder_ / "site";
};

std::optional<std::size_t> find_page_number(const std::string& message) {
  std::smatch match;
  if (!std::regex_search(message, match, std::regex{R"(content/(\d+)\.md)"})) return std::nullopt;
  return std::stoul(match[1].str());
}

}  // namespace

void HugoPages::add(const std::string& before, const std::string& after) {
  pairs_.push_back({before, after});
}

std::string HugoPages::find_broken() const {
  const HugoSite site;
  for (std::size_t i = 0; i < pairs_.size(); ++i) site.put(i, pairs_[i].after);
  // Hugo names one page that it cannot build at a time.
  for (std::string message = site.build(); !message.empty(); message = site.build()) {
    const auto number = find_page_number(message);
    if (!number) return message;
    const Pair& pair = pairs_.at(*number);
    const HugoSite alone;
    alone.put(*number, pair.before);
    if (alone.build().empty()) return message + "before:\n" + pair.before + "\nafter:\n" + pair.after;
    site.remove(*number);
  }
  return "";
}

}  // namespace stubkeeper::testing
