#include <fmt/format.h>

#include "tests/world/calendar.h"
#include "tests/world/markup.h"
#include "tests/world/page_content.h"
#include "tests/world/pages.h"

namespace stubkeeper::world {
namespace {

std::string join_sentences(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

// Two looks of the same content; a redesign goes from the first to the second.
std::string render_part(const ContentPart& part, bool is_redesigned) {
  std::string html;
  if (!part.heading.empty())
    html += is_redesigned ? "<h3 class=\"t-4 mb-2\"><span>" + escape(part.heading) + "</span></h3>"
                          : "<h2>" + escape(part.heading) + "</h2>\n";
  if (part.is_item)
    html += fmt::format("<time datetime=\"{}\">{}</time>\n", iso_date(part.day), written_date(part.day));
  for (const auto& sentences : part.paragraphs) {
    if (!is_redesigned) {
      html += "<p>" + escape(join_sentences(sentences)) + "</p>\n";
      continue;
    }
    // The new editor makes a paragraph of each sentence.
    for (const std::string& sentence : sentences)
      html += "<div class=\"rich-text\"><p class=\"body\">" + escape(sentence) + "</p></div>";
  }
  if (!part.is_item) return is_redesigned ? "<div class=\"block\">" + html + "</div>" : html;
  return is_redesigned ? "<article class=\"card card--news\">" + html + "</article>"
                       : "<div class=\"news-item\">" + html + "</div>\n";
}

// Headlines of others that turn round by days, below a heading that says so.
std::string related_box(const World& world, const Source& source, int day) {
  Random random{world.options.seed, fmt::format("box {} {}", source.id, day)};
  std::string list;
  for (int i = 0; i < 3; ++i) {
    const Entry& other = random.pick(world.entries);
    list += fmt::format("<li><a href=\"/stories/{}\">{} sold {} {} in October</a></li>\n",
                        random.between(1000, 9999), escape(other.company.name), 12 + other.id,
                        other.company.trade.plural);
  }
  return "<aside class=\"related\"><h2>Related articles</h2><ul>\n" + list + "</ul></aside>\n";
}

// The time of the look and a count of readers.
std::string clock_line(const World& world, const Source& source, int day) {
  Random random{world.options.seed, fmt::format("clock {} {}", source.id, day)};
  const int hour = random.between(10, 19);
  return fmt::format(
      "<p class=\"meta\">Last updated: {}, {}:{:02}</p>\n<p class=\"meta\">{} readers today</p>\n",
      written_date(day), hour, random.below(60), random.between(100, 9999));
}

std::string navigation(bool is_redesigned) {
  return is_redesigned
             ? "<nav class=\"burger\"><a href=\"/\">Home</a><a href=\"/about\">Company</a><a "
               "href=\"/news\">Press</a><a href=\"/jobs\">Careers</a></nav>"
             : "<nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/about\">About us</a></li><li><a "
               "href=\"/news\">News</a></li></ul></nav>\n";
}

std::string render(const World& world, const Source& source, const PageContent& content, int day) {
  const auto has = [&](NoiseKind kind) { return world.has_noise(source.id, kind, day); };
  const bool is_redesigned = has(NoiseKind::redesign);
  std::string body;
  for (const ContentPart& part : content.parts) body += render_part(part, is_redesigned);
  const std::string title = escape(content.title);
  const bool is_article = source.kind == SourceKind::profile;
  std::string html =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title>\n";
  if (is_article)
    html += fmt::format(
        "<meta property=\"og:type\" content=\"article\"><meta property=\"article:published_time\" "
        "content=\"{}\">\n",
        iso_date(-120));
  html += "</head><body>" + navigation(is_redesigned) + (is_article ? "<article>" : "<main>") + "<h1>" +
          title + "</h1>\n";
  if (has(NoiseKind::clock)) html += clock_line(world, source, day);
  html += body;
  html += is_article ? "</article>" : "</main>";
  if (has(NoiseKind::boxes)) html += related_box(world, source, day);
  return html + "<footer><p>All rights reserved 2026. Imprint, privacy, terms.</p></footer></body></html>\n";
}

}  // namespace

std::string render_page(const World& world, const Source& source, int day) {
  return render(world, source, page_content(world, source, day), day);
}

std::string render_shrunk_page(const World& world, const Source& source, int day) {
  PageContent content = page_content(world, source, day);
  content.parts.resize(1);
  content.parts.front().paragraphs.resize(1);
  content.parts.front().paragraphs.front() = {"Read on."};
  return render(world, source, content, day);
}

}  // namespace stubkeeper::world
