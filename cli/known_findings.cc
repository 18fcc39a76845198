#include "cli/known_findings.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::cli {
namespace {

// "3 days past its review date" is the same finding a day later.
std::string mask_days(const std::string& message) {
  std::string masked;
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t end = std::min(message.find_first_not_of("0123456789", at), message.size());
    const bool is_days = end > at && message.compare(end, 4, " day") == 0;
    masked += is_days ? "N" : message.substr(at, std::max<std::size_t>(end - at, 1));
    at = std::max(end, at + 1);
  }
  return masked;
}

std::string line_of(const entries::Finding& finding) {
  return to_single_line(finding.file) + '\t' + finding.id + '\t' + mask_days(to_single_line(finding.message));
}

}  // namespace

KnownFindings::KnownFindings(std::string_view text) {
  for (const std::string_view line : split(text, '\n')) lines_.emplace(line);
}

void KnownFindings::add(const std::vector<entries::Finding>& findings) {
  for (const entries::Finding& finding : findings) lines_.insert(line_of(finding));
}

void KnownFindings::keep_if(
    const std::function<bool(const std::string& file, const std::string& check)>& is_kept) {
  std::erase_if(lines_, [&](const std::string& line) {
    const auto fields = split(line, '\t');
    return fields.size() < 3 || !is_kept(std::string{fields[0]}, std::string{fields[1]});
  });
}

std::vector<entries::Finding> KnownFindings::select_new(const std::vector<entries::Finding>& findings) const {
  std::multiset<std::string> known = lines_;
  std::vector<entries::Finding> fresh;
  for (const entries::Finding& finding : findings) {
    if (const auto found = known.find(line_of(finding)); found != known.end()) {
      known.erase(found);
    } else {
      fresh.push_back(finding);
    }
  }
  return fresh;
}

std::string KnownFindings::print() const {
  std::string text;
  for (const std::string& line : lines_) text += line + '\n';
  return text;
}

}  // namespace stubkeeper::cli
