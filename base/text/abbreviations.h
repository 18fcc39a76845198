#pragma once

#include <array>
#include <string_view>

namespace stubkeeper {

// Words that a full stop follows within a sentence, beside CLDR's: of companies, titles, references, dates.
inline constexpr auto abbreviations = std::to_array<std::string_view>(
    {"Inc", "Corp", "Co",   "Ltd",  "LLC",  "Bros", "Cie",  "Mr",  "Mrs",  "Ms",   "Dr",     "Prof",
     "Sr",  "Jr",   "St",   "Mt",   "Ft",   "Gen",  "Col",  "Lt",  "Capt", "Sgt",  "Gov",    "Sen",
     "Rep", "Hon",  "Rev",  "Dept", "Univ", "Inst", "Assn", "vs",  "No",   "Nos",  "Fig",    "Figs",
     "Eq",  "Sec",  "Ch",   "Vol",  "pp",   "ed",   "eds",  "al",  "etc",  "ca",   "approx", "Approx",
     "est", "Est",  "incl", "inc",  "corp", "ltd",  "co",   "fig", "vol",  "dept", "Jan",    "Feb",
     "Mar", "Apr",  "Jun",  "Jul",  "Aug",  "Sep",  "Sept", "Oct", "Nov",  "Dec",  "Nr",     "bzw",
     "usw", "vgl",  "Mio",  "Mrd",  "Tsd",  "Abs",  "Art",  "Kap", "Hrsg", "Mme",  "Mlle",   "Sra"});

// Words of CLDR's lists for English that end sentences more often than they are abbreviated here.
inline constexpr auto common_words_among_suppressions = std::to_array<std::string_view>(
    {"AA", "AB",  "AD",  "Act",  "All",  "As",   "By", "DC", "Do", "Go", "Hat", "Hz",  "Id", "In",
     "Is", "Job", "Joe", "Link", "Long", "Mart", "OK", "Ok", "On", "Or", "PC",  "Pro", "To", "Up"});

}  // namespace stubkeeper
