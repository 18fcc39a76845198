#include "crawler/pdf/pdf_information.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"

namespace stubkeeper::crawler {
namespace {

constexpr auto file_endings = std::to_array<std::string_view>(
    {".ai",   ".book", ".cdr",  ".csv",  ".doc",  ".docm", ".docx", ".dot",   ".dotx", ".dvi", ".dwg", ".eps",
     ".fm",   ".htm",  ".html", ".idml", ".indb", ".indd", ".inx",  ".ipynb", ".jpeg", ".jpg", ".key", ".lyx",
     ".md",   ".mif",  ".odg",  ".odp",  ".ods",  ".odt",  ".p65",  ".pages", ".pdf",  ".pmd", ".png", ".pot",
     ".potx", ".pps",  ".ppsx", ".ppt",  ".pptm", ".pptx", ".prn",  ".ps",    ".psd",  ".pub", ".qmd", ".qxb",
     ".qxd",  ".qxp",  ".rmd",  ".rtf",  ".svg",  ".sxw",  ".tex",  ".tif",   ".tiff", ".tmp", ".txt", ".typ",
     ".vsd",  ".vsdx", ".wpd",  ".wps",  ".xls",  ".xlsm", ".xlsx", ".xml",   ".xps"});

constexpr auto window_starts = std::to_array<std::string_view>({"microsoft word - ",
                                                                "microsoft powerpoint - ",
                                                                "microsoft excel - ",
                                                                "untitled",
                                                                "unbenannt",
                                                                "ohne titel",
                                                                "sans titre",
                                                                "sin título",
                                                                "senza titolo",
                                                                "sem título",
                                                                "naamloos",
                                                                "bez nazwy",
                                                                "(anonymous)",
                                                                "powerpoint presentation",
                                                                "powerpoint-präsentation",
                                                                "powerpoint-presentatie",
                                                                "présentation powerpoint",
                                                                "presentación de powerpoint",
                                                                "presentazione standard di powerpoint",
                                                                "apresentação do powerpoint",
                                                                "prezentacja programu powerpoint"});

// Alone, or with a number.
constexpr auto default_names =
    std::to_array<std::string_view>({"arbeitsblatt", "blank",        "book",
                                     "classeur",     "cover",        "diapositiva",
                                     "diapositive",  "doc",          "document",
                                     "documento",    "dokument",     "draft",
                                     "drawing",      "feuille",      "feuil",
                                     "file",         "folie",        "foglio",
                                     "hoja",         "layout",       "libro",
                                     "main",         "manuscript",   "mappe",
                                     "master",       "new document", "neues dokument",
                                     "no title",     "notitle",      "output",
                                     "page",         "presentation", "présentation",
                                     "presentación", "präsentation", "print",
                                     "root",         "scan",         "scanned document",
                                     "sheet",        "slide",        "tabelle",
                                     "temp",         "template",     "test",
                                     "title",        "titel",        "tmp",
                                     "vorlage",      "zeichnung"});

// "Folie 1", "Book1", "Document (2)", "Layout_3" without the number.
std::string_view strip_number(std::string_view title) {
  while (!title.empty() && (is_ascii_digit(title.back()) ||
                            std::string_view{" ()-_.#"}.find(title.back()) != std::string_view::npos))
    title.remove_suffix(1);
  return title;
}

// "harrow_annual_report", "C:\work\report".
bool is_file_name(std::string_view title) {
  const bool has_space = std::any_of(title.begin(), title.end(), is_ascii_space);
  const bool is_path = title.starts_with("file:") || (title.size() > 2 && title.substr(1, 2) == ":\\");
  return is_path || (!has_space && title.find_first_of("_\\") != std::string_view::npos);
}

}  // namespace

std::string parse_pdf_date(std::string date) {
  if (date.starts_with("D:")) date.erase(0, 2);
  const std::size_t digits = std::min(date.find_first_not_of("0123456789"), date.size());
  if (digits < 8) return parse_date(digits == 6 ? date.insert(4, "-") : date);
  const std::string day = parse_date(date.substr(0, 8));
  if (digits != 14 && digits != 12) return day;
  std::string zone = date.substr(digits);
  std::erase(zone, '\'');
  // "Z00'00'", as Quartz writes it: what follows says offset zero once more.
  if (zone.starts_with('Z') || zone.starts_with('z')) zone = "Z";
  const std::string whole = parse_date(date.substr(0, 8) + 'T' + date.substr(8, digits - 8) + zone);
  return whole.empty() ? day : whole;
}

bool is_placeholder_title(const std::string& title) {
  const std::string folded = ascii_lower(trim_ascii(title));
  return std::none_of(folded.begin(), folded.end(), is_letter_byte) || ends_with_any(folded, file_endings) ||
         starts_with_any(folded, window_starts) || contains(default_names, strip_number(folded)) ||
         is_file_name(folded);
}

}  // namespace stubkeeper::crawler
