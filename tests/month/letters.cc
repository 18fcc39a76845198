#include "tests/month/letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::month {

bool names_address(const std::string& mail, const std::string& address) {
  for (std::size_t at = mail.find(address); at != std::string::npos; at = mail.find(address, at + 1)) {
    const std::size_t end = at + address.size();
    const bool goes_on = end < mail.size() && (std::isalnum(static_cast<unsigned char>(mail[end])) != 0 ||
                                               mail[end] == '-' || mail[end] == '/');
    if (!goes_on) return true;
  }
  return false;
}

std::string letter_of(const Month& month, int day) {
  std::string mail = month.days.at(static_cast<std::size_t>(day)).mail;
  const std::size_t end = mail.find("\n\n");
  // The paragraph is wrapped by the length of the folder's name.
  std::replace(mail.begin(), mail.begin() + static_cast<std::ptrdiff_t>(std::min(end, mail.size())), '\n',
               ' ');
  const std::size_t folder = mail.find(month.folder);
  return folder == std::string::npos ? mail : mail.replace(folder, month.folder.size(), "FOLDER");
}

void check_letter(const Month& month, int day) {
  const std::string path = fmt::format("{}/tests/month/letters/day-{:02}.txt", STUBKEEPER_SOURCE, day);
  const std::string letter = letter_of(month, day);
  if (std::getenv("STUBKEEPER_UPDATE_LETTERS") != nullptr) testing::write_file(path, letter);
  CHECK(letter == testing::read_file(path));
}

}  // namespace stubkeeper::month
