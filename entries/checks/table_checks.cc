// Rules about tables of companies: their order, columns, rows, links, tickers and marks.

#include <algorithm>
#include <map>
#include <string>

#include "base/text/ascii.h"
#include "entries/checks/checker.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"
#include "entries/markdown/tables.h"

namespace stubkeeper::entries {
namespace {

std::size_t find_column(const std::vector<std::string_view>& header, std::string_view name) {
  const auto found = std::find_if(header.begin(), header.end(), [&](std::string_view cell) {
    return equals_ignoring_case(cell_plain_text(cell), name);
  });
  return found == header.end() ? std::string::npos : static_cast<std::size_t>(found - header.begin());
}

// "OUST" of "NASDAQ: OUST"; an exchange comes before it or a suffix after it ("300750.SZ").
std::string bare_ticker(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  return std::string{trim(colon == std::string_view::npos ? text : text.substr(colon + 1))};
}

// One page's company tables, in the order of the page.
class CompanyTableChecker {
 public:
  explicit CompanyTableChecker(Checker& checker) : checker_(checker) {}

  void run() {
    const auto& blocks = checker_.document.blocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].kind != BlockKind::heading) continue;
      if (blocks[i].heading_level <= 2) last_tier_ = 0;
      if (blocks[i].heading_level != 3) continue;
      const CompanyTier* tier =
          checker_.style.tier_of_heading(heading_text(checker_.document.text(blocks[i])));
      if (tier == nullptr) continue;
      check_order(*tier, blocks[i]);
      std::size_t end = i + 1;
      while (end < blocks.size() && blocks[end].kind != BlockKind::heading) ++end;
      for (const Table& table : find_tables(checker_.document, i + 1, end)) check_table(*tier, table, end);
    }
  }

 private:
  void check_order(const CompanyTier& tier, const Block& heading) {
    const auto place = static_cast<std::size_t>(&tier - checker_.style.tiers.data());
    if (place < last_tier_) {
      checker_.report("tier-order", heading.first_line,
                      "\"" + tier.headings.front() + "\" goes above \"" +
                          checker_.style.tiers[last_tier_].headings.front() + "\"");
    }
    last_tier_ = std::max(last_tier_, place);
  }

  void check_table(const CompanyTier& tier, const Table& table, std::size_t end_of_part) {
    const Document& document = checker_.document;
    const auto& blocks = document.blocks();
    const auto header = split_table_cells(document.text(blocks[table.header]));
    check_columns(tier, header, blocks[table.header]);
    const std::size_t company = find_column(header, "Company");
    const std::size_t ticker = find_column(header, "Ticker");
    std::size_t companies = 0;
    for (std::size_t row = table.header + 2; row < table.end; ++row) {
      const auto cells = split_table_cells(document.text(blocks[row]));
      if (cells.size() != header.size()) {
        checker_.report("table-row", blocks[row].first_line,
                        "the row has " + std::to_string(cells.size()) + " cells, the table " +
                            std::to_string(header.size()) + " columns");
      }
      ++companies;
      if (company < cells.size()) check_company(cells[company], blocks[row].first_line);
      if (ticker < cells.size()) check_ticker(cells[ticker], blocks[row].first_line);
    }
    if (tier.name == "public") check_widget(table, companies, end_of_part);
  }

  void check_columns(const CompanyTier& tier, const std::vector<std::string_view>& header, const Block& row) {
    bool same = header.size() >= tier.columns.size();
    std::string wanted;
    for (std::size_t i = 0; i < tier.columns.size(); ++i) {
      same = same && equals_ignoring_case(cell_plain_text(header[i]), tier.columns[i]);
      wanted += (i == 0 ? "" : ", ") + tier.columns[i];
    }
    if (!same)
      checker_.report("table-columns", row.first_line, "the table's columns do not begin with " + wanted);
  }

  void check_company(std::string_view cell, std::size_t line) {
    const std::string name = cell_plain_text(cell);
    if (name.empty()) return;
    const auto [first, is_first] = seen_.try_emplace(ascii_lower(name), line);
    if (!is_first) {
      checker_.report("table-duplicate", line,
                      "\"" + name + "\" stands in line " + std::to_string(first->second) + " too");
    }
    if (find_links(cell).empty()) checker_.report("table-link", line, "\"" + name + "\" is no link");
  }

  void check_ticker(std::string_view cell, std::size_t line) {
    const std::string name = cell_plain_text(cell);
    if (name.empty() || name == "—" || name == "-" || name == "–") return;
    const auto links = find_links(cell);
    const std::string wanted = checker_.style.quote_page + bare_ticker(name);
    const bool right = std::any_of(links.begin(), links.end(), [&](const Link& link) {
      std::string_view address = cell.substr(link.begin, link.end - link.begin);
      while (address.ends_with('/')) address.remove_suffix(1);
      // A suffix names the exchange: "300750" leads to ".../300750.SZ".
      return starts_with_ignoring_case(address, wanted) &&
             (address.size() == wanted.size() || address[wanted.size()] == '.');
    });
    if (!right) {
      checker_.report("ticker-link", line,
                      "\"" + name + "\" in the ticker column does not link its quote page, as " +
                          checker_.style.quote_page + "TICKER");
    }
  }

  void check_widget(const Table& table, std::size_t companies, std::size_t end) {
    const HouseStyle& style = checker_.style;
    const bool topic_page = std::count(checker_.file().begin(), checker_.file().end(), '/') < 2;
    if (style.widget_script.empty() || companies < style.min_widget_companies || topic_page) return;
    const std::string_view below = checker_.document.text_of_blocks(table.header, end);
    if (below.find(style.widget_script) == std::string_view::npos) {
      checker_.report(
          "widget-missing", checker_.document.blocks()[table.header].first_line,
          "the table of " + std::to_string(companies) + " public companies has no market widget below it");
    }
  }

  Checker& checker_;
  std::size_t last_tier_ = 0;
  std::map<std::string, std::size_t> seen_;  // line by name in lower case
};

void check_company_tables(Checker& checker) {
  CompanyTableChecker{checker}.run();
}

void check_owner_marks(Checker& checker) {
  const Document& document = checker.document;
  for (const Table& table : find_tables(document, 0, document.blocks().size())) {
    const auto header = split_table_cells(document.text(document.blocks()[table.header]));
    const std::size_t company = find_column(header, "Company");
    if (company == std::string::npos) continue;
    for (std::size_t row = table.header + 2; row < table.end; ++row) {
      const Block& block = document.blocks()[row];
      const auto cells = split_table_cells(document.text(block));
      if (company >= cells.size()) continue;
      const std::string name = cell_plain_text(cells[company]);
      const std::string mark = checker.context.section.owner_mark(name);
      if (mark.empty() || cells[company].find(mark) != std::string_view::npos) continue;
      checker.report("owner-mark", block.first_line, "\"" + name + "\" stands without " + mark);
    }
  }
}

}  // namespace

std::span<const Check> table_checks() {
  static constexpr Check checks[] = {{check_company_tables, section_pages}, {check_owner_marks, all_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
