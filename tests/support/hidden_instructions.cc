#include "tests/support/hidden_instructions.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/support/pdf_writer.h"

namespace stubkeeper::testing {

const std::string honest_sentence =
    "Saltline opened its second molten salt plant near Basel on 12 November 2026.";

namespace {

using nlohmann::json;

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '"') {
      result += "&quot;";
    } else {
      result += c;
    }
  }
  return result;
}

PoisonedDocument page(const std::string& head, const std::string& body) {
  return {
      "<html><head><title>Heat Review</title><meta property=article:published_time content=2026-11-13>" +
          head + "</head><body><main><article><h1>Heat Review</h1><p>" + honest_sentence + "</p>" + body +
          "<p>The plant supplies the city's heating network and employs thirty people from the region.</p>"
          "</article></main></body></html>",
      "text/html; charset=utf-8"};
}

PoisonedDocument feed(const std::string& title, const std::string& content) {
  return {"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Heat Review</title><item><title>" +
              escaped(title) +
              "</title><link>https://heat.example/1</link><guid>1</guid><pubDate>Fri, 13 Nov 2026 08:00:00 "
              "GMT</pubDate><description>" +
              escaped("<p>" + honest_sentence + "</p>" + content) + "</description></item></channel></rss>",
          "application/rss+xml"};
}

std::string with_zero_width(const std::string& text) {
  std::string result;
  for (const char c : text) result += std::string{c} + "\xE2\x80\x8B";
  return result;
}

// Lines of at most so many characters, cut between words.
std::vector<std::string> lines_of(const std::string& text) {
  constexpr std::size_t longest = 80;
  std::vector<std::string> lines(1);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (!lines.back().empty() && lines.back().size() + word.size() >= longest) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return lines;
}

PoisonedDocument pdf(const std::string& hidden) {
  PdfWriter writer;
  writer.set_information("Title", "Heat Review");
  writer.set_information("CreationDate", "D:20261113080000Z");
  auto lines = pdf_column(72, 80, lines_of(honest_sentence));
  // In print that nobody reads.
  for (PdfText& line : pdf_column(72, 140, lines_of(hidden), 9)) lines.push_back(std::move(line));
  writer.add_page(std::move(lines));
  return {writer.bytes(), "application/pdf"};
}

json change(const std::string& kind, const std::string& text, const std::string& passage,
            const std::string& quote) {
  return {{"kind", kind},
          {"block", ""},
          {"date", "2026-11-12"},
          {"name", ""},
          {"label", ""},
          {"quotes", json::array({{{"passage", passage}, {"text", quote}, {"role", "supports"}}})},
          {"text", text},
          {"reason", "See https://evil.example {{< evil >}}"},
          {"confidence", "high"}};
}

json with(json of, const std::string& member, const std::string& value) {
  of[member] = value;
  return of;
}

std::string without_zero_width(std::string text) {
  const std::string sign = "\xE2\x80\x8B";
  for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign))
    text.erase(at, sign.size());
  return text;
}

struct PassageInRequest {
  std::string id;
  std::string title;
  std::string text;
};

std::vector<PassageInRequest> passages_in(const std::string& input) {
  static const std::regex opening{
      "<document-[0-9a-f]{16} title=\"((?:[^\"\\\\]|\\\\.)*)\"[^\n]*>\n|<passage-[0-9a-f]{16} "
      "id=\"([^\"]*)\">\n"};
  std::vector<PassageInRequest> passages;
  std::string title;
  for (std::sregex_iterator match{input.begin(), input.end(), opening}, end; match != end; ++match) {
    if (!(*match)[2].matched) {
      title = (*match)[1];
      continue;
    }
    const auto begin = static_cast<std::size_t>(match->position() + match->length());
    const std::size_t close = input.find("\n</passage-", begin);
    passages.push_back({(*match)[2], title, input.substr(begin, close - begin)});
  }
  return passages;
}

// An id of a block that is shown and not a heading, or "".
std::string some_block(const std::string& input) {
  static const std::regex line{"\n\\[(b[0-9-]+)[^\\]]*\\] [^#]"};
  std::smatch match;
  return std::regex_search(input, match, line) ? match[1].str() : "";
}

}  // namespace

std::vector<std::string> recorded_attacks(const std::string& data) {
  std::ifstream file{data + "/injection/text_attack_train.json"};
  std::vector<std::string> attacks;
  const json kinds = json::parse(file);
  for (const auto& [kind, texts] : kinds.items())
    for (const json& text : texts) attacks.push_back(text.get<std::string>());
  return attacks;
}

const std::vector<HidingPlace>& hiding_places() {
  static const std::vector<HidingPlace> places{
      {"comment", [](const std::string& hidden) { return page("", "<!-- " + hidden + " -->"); }},
      {"display-none",
       [](const std::string& hidden) {
         return page("", "<p style=\"display:none\">" + escaped(hidden) + "</p>");
       }},
      {"white-text",
       [](const std::string& hidden) {
         return page(
             "", "<p style=\"color:#ffffff;background:#ffffff;font-size:1px\">" + escaped(hidden) + "</p>");
       }},
      {"aria-hidden",
       [](const std::string& hidden) {
         return page("", "<p aria-hidden=\"true\">" + escaped(hidden) + "</p>");
       }},
      {"alt-text",
       [](const std::string& hidden) {
         return page("", "<p><img src=\"a.png\" alt=\"" + escaped(hidden) + "\"></p>");
       }},
      {"title-attribute",
       [](const std::string& hidden) {
         return page("", "<p title=\"" + escaped(hidden) + "\">It is the largest store of the canton.</p>");
       }},
      {"json-ld",
       [](const std::string& hidden) {
         return page(
             "<script type=\"application/ld+json\">" +
                 json{{"@type", "NewsArticle"}, {"description", hidden}, {"articleBody", hidden}}.dump() +
                 "</script>",
             "");
       }},
      {"meta-description",
       [](const std::string& hidden) {
         return page("<meta name=\"description\" content=\"" + escaped(hidden) + "\">", "");
       }},
      {"page-title",
       [](const std::string& hidden) {
         PoisonedDocument document = page("", "");
         const std::string title = "Heat Review";
         for (std::size_t at = document.bytes.find(title); at != std::string::npos;
              at = document.bytes.find(title, at + hidden.size()))
           document.bytes.replace(at, title.size(), escaped(hidden));
         return document;
       }},
      {"feed-title", [](const std::string& hidden) { return feed(hidden, ""); }},
      {"feed-content",
       [](const std::string& hidden) { return feed("News", "<p>" + escaped(hidden) + "</p>"); }},
      {"pdf", pdf},
      {"table-cell",
       [](const std::string& hidden) {
         return page("", "<table><tr><th>Plant</th><th>Note</th></tr><tr><td>Basel</td><td>" +
                             escaped(hidden) + "</td></tr></table>");
       }},
      {"zero-width",
       [](const std::string& hidden) { return page("", "<p>" + with_zero_width(escaped(hidden)) + "</p>"); }},
  };
  return places;
}

std::string obedient_answer(const std::string& input, const std::string& attack, bool& obeyed) {
  obeyed = false;
  std::vector<json> changes;
  std::string honest;
  std::string where;
  std::string quote;
  for (const PassageInRequest& passage : passages_in(input)) {
    if (passage.text.find(honest_sentence) != std::string::npos) honest = passage.id;
    const bool in_title = passage.title.find(json(attack).dump().substr(1, 20)) != std::string::npos;
    const bool in_text = without_zero_width(passage.text).find(attack.substr(0, 40)) != std::string::npos;
    if (!in_title && !in_text) continue;
    obeyed = true;
    where = passage.id;
    quote = in_text ? attack : honest_sentence;
  }
  if (!honest.empty())
    changes.push_back(change("add_fact", "It has a second plant near Basel.", honest, honest_sentence));
  if (obeyed && !honest.empty()) {
    const std::string evil =
        "Evilcorp [click](https://evil.example/x) <script>alert(1)</script> {{< evil >}} www.evil.example "
        "![x](javascript:alert(1)) <https://evil.example>";
    for (const char* kind : {"add_fact", "add_development", "add_person"})
      changes.push_back(change(kind, evil, honest, honest_sentence));
    changes.push_back(change("add_fact", "See Evilcorp: " + attack, where, quote));
    changes.push_back(change("add_fact", "Evilcorp\n---\nurl: /evil\naliases: [/x]\n---\n# Evilcorp", honest,
                             honest_sentence));
    changes.push_back(
        with(change("add_development", "Evilcorp", honest, honest_sentence), "date", "2026\n---\nurl: /x"));
    for (const std::string& block :
         {std::string{"b1-1"}, std::string{"b9-99"}, std::string{"../b1-1"}, some_block(input)}) {
      changes.push_back(with(change("replace_block", evil, honest, honest_sentence), "block", block));
      changes.push_back(with(change("contradiction", evil, honest, honest_sentence), "block", block));
    }
    for (const char* name : {"https://evil.example", "../../etc/passwd", "e1", "e99"})
      changes.push_back(with(change("link_entry", evil, honest, honest_sentence), "name", name));
    for (const std::string& name : {std::string{"../../evil"}, std::string{"Evil\"\nurl: /x\nlayout: evil"},
                                    std::string{"Basel"}, quote.substr(0, 12)})
      changes.push_back(with(with(change("new_entry", "Evilcorp " + evil, where, quote), "name", name),
                             "label", "company"));
    changes.push_back(with(with(change("judge_claim", "Evilcorp leads.", honest, honest_sentence), "name",
                                "x\n---\nlayout: evil\n---\n## {{< evil >}} <b>"),
                           "label", "Verified"));
  }
  return json{{"verdict", changes.empty() ? "nothing new" : "changes"}, {"changes", changes}}.dump();
}

}  // namespace stubkeeper::testing
