#include "tests/support/generated_page.h"

#include <array>
#include <vector>

#include "base/text/strings.h"

namespace stubkeeper::testing {
std::string PageGenerator::word() {
  return "w" + std::to_string(++words_) + "x";
}

std::string PageGenerator::date_value() {
  static const std::vector<std::string> dates{"2026-01-10", "2026-01-10T09:30:00+02:00", "\"2026-01-10\"",
                                              "2026-01-10T00:00:00Z"};
  return dates[below(dates.size())];
}

std::string PageGenerator::front_matter() {
  const std::string title = "Corvane " + word();
  const std::string comment = one_in(3) ? "  # " + word() : "";
  const std::string note = word();
  switch (below(10)) {
    case 0:
      return "---\n{title: \"" + title + "\", lastmod: 2026-01-10, note: " + note +
             ", source_urls: [\"https://a.example/\"], last_reviewed: 2026-01-10}\n---\n\n";
    case 1:
      return "---\n  title: \"" + title + "\"\n  lastmod: 2026-01-10" + comment + "\n  note: " + note +
             "\n  last_reviewed: 2026-01-10\n---\n\n";
    case 2:
      return "---\ntitle: \"" + title + "\"\nlast_reviewed: &lr 2026-01-10\nchecked: *lr\nnote: " + note +
             "\n---\n\n";
    case 3:
      return "---\n\"title\": \"" + title + "\"\n\"lastmod\": " + date_value() + comment +
             "\n'last_reviewed': 2026-01-10\nnote: |\n  " + note + "\n  more\n---\n\n";
    case 4:
      return "+++\ntitle = \"" + title + "\"\nlastmod = 2026-01-10" + comment +
             "\nlast_reviewed = 2026-01-10\nnote = '" + note +
             "'\nsource_urls = [\n  \"https://a.example/\",\n]\n\n[params]\nlastmod = 1\n+++\n\n";
    case 5:
      return "+++\n\"title\" = \"" + title + "\"\nlast_reviewed = 2026-01-10\nnote = \"" + note +
             "\"\n+++\n\n";
    case 6:
      return "{\n  \"title\": \"" + title + "\",\n  \"lastmod\": \"2026-01-10\",\n  \"note\": \"" + note +
             "\",\n  \"last_reviewed\": \"2026-01-10\"\n}\n\n";
    case 7:
      return one_in(2) ? "" : "---\ntitle: \"" + title + "\"\n---\n";
    default:
      return "---\ntitle: \"" + title + "\"\ndate: 2026-01-10\nlastmod: " + date_value() + comment +
             "\nnote: " + note +
             "\nsource_urls:\n  - \"https://a.example/\"\n  - https://b.example/x\nlast_reviewed: " +
             date_value() + comment + "\n---\n\n";
  }
}

std::string PageGenerator::heading() {
  static const std::vector<std::string> headings{
      "## Summary", "## Key Facts",    "## What It Is",         "### Details",
      "## 🚀 News",  "## Team {#team}", "## {{< icon >}} Market"};
  return headings[below(headings.size())] + (one_in(2) ? "" : " " + word());
}

std::string PageGenerator::developments() {
  static const std::array markers{"- ", "* ", "- [x] ", "- [ ] "};
  const std::string marker = markers.at(below(markers.size()));
  std::string text = "## Notable Developments\n\n";
  if (one_in(4)) text += "### 2026\n\n";
  text += marker + "**2026-02:** " + word() + " came.\n" + marker + "**2025-03:** " + word() + " went.";
  return text;
}

std::string PageGenerator::block() {
  const std::string w = word();
  switch (below(16)) {
    case 0:
      return "- " + w + " one\n- two\n  - nested " + word() + "\n- three";
    case 1:
      return "1. " + w + "\n2. two";
    case 2:
      return "- [ ] " + w + "\n- [x] done " + word();
    case 3:
      return "| " + w + " | B |\n|---|---|\n| 1 | " + word() + " |";
    case 4:
      return "    " + w + " = indented_code()\n    return";
    case 5:
      return "```\n" + w + " fenced\n- no item\n```";
    case 6:
      return "~~~sh\n" + w + "\n\n```\n~~~";
    case 7:
      return "<div class=\"" + w + "\">\n<b>raw</b>\n</div>";
    case 8:
      return "<!-- " + w + "\n\n- not an item -->";
    case 9:
      return "{{< figure src=\"" + w + ".png\" >}}";
    case 10:
      return "{{< note >}}\nInside " + w + ".\n{{< /note >}}";
    case 11:
      return "> Quoted " + w + "\n> > deeper";
    case 12:
      return "[" + w + "]: https://ref.example/" + w;
    case 13:
      return "Setext " + w + "\n---";
    default:
      return "The maker " + w + " has works in Graz.\nIt is small " + word() + ".";
  }
}

std::string PageGenerator::page() {
  std::string text = front_matter();
  const std::size_t parts = 1 + below(4);
  const std::size_t news = one_in(3) ? parts : below(parts);
  for (std::size_t part = 0; part < parts; ++part) {
    text += part == news ? developments() : heading();
    const std::size_t blocks = below(4);
    for (std::size_t i = 0; i < blocks; ++i) text += "\n\n" + block();
    text += "\n\n";
  }
  if (one_in(12))
    text += one_in(2) ? "```\n" + word() + " never closed\n" : "<!-- " + word() + " never closed\n";
  while (text.ends_with("\n\n")) text.pop_back();
  if (one_in(10)) text.pop_back();
  if (one_in(6)) text = replace_all(text, "\n", "\r\n");
  return (one_in(15) ? "\xEF\xBB\xBF" : "") + text;
}

}  // namespace stubkeeper::testing
