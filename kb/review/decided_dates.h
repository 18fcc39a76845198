#pragma once

#include <string>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A page of an entry with the dates that its decisions ask for without one approved change: lastmod
// and last_reviewed are those of the last revision that a person or an import gave them, or the
// later day of an approval since that stands. A date that no decision asks for and that was not
// there before is taken out, with its line. Other fields keep their bytes.
Result<std::string> restore_decided_dates(Store& store, const Entry& entry, const Change& without,
                                          std::string page);

// A page with the line of a front-matter field as another page has it, or without that line where
// the other has no such field. The page as it is where a field takes several lines, or the other
// fields would read otherwise.
std::string restore_field_line(const std::string& page, std::string_view field, const std::string& other);

}  // namespace stubkeeper::kb
