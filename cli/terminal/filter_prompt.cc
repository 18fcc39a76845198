#include "cli/terminal/filter_prompt.h"

#include <fmt/format.h>

#include "cli/terminal/prompt.h"

namespace stubkeeper::cli {

std::optional<kb::ChangeFilter> ask_filter(Keyboard& keyboard, std::ostream& out,
                                           const kb::ChangeFilter& initial_filter, const review::ReviewItem& item) {
  const auto choice =
      ask_choice(keyboard, out,
                 fmt::format("f flagged · u unflagged · e this entry · k this kind · s this source · a {}: ",
                             initial_filter == kb::ChangeFilter{} ? "all" : "all that you asked for at the start"),
                 "fueksa");
  if (!choice) return std::nullopt;
  kb::ChangeFilter wanted = initial_filter;
  if (*choice == 'f' || *choice == 'u') wanted.flagged = *choice == 'f';
  if (*choice == 'e') wanted.path = item.entry_path;
  if (*choice == 'k') wanted.kind = item.change.kind;
  if (*choice == 's' && !item.quotes.empty()) wanted.source_id = item.quotes.front().source.source_id;
  return wanted;
}

}  // namespace stubkeeper::cli
