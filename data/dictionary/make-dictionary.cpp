/* Writes DCMTK's data dictionary, as DCMTK itself reads it from its files, as C++ to compile in:
 * parsing eight thousand lines takes as long as all else that the helper does before its first
 * file. Run when the program is built; see src/decoder/dicom-dictionary.cpp. */
#include <cstdio>
#include <cstring>
#include <string>

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmdata/dctk.h"

namespace
{

std::string names; /* NUL-terminated, one behind the other */

/* Where a text begins in names; 0, which is the empty one, stands for none. */
size_t
place (const char *text)
{
  if (text == nullptr || *text == '\0')
    return 0;

  const std::string whole (text, strlen (text) + 1);
  const size_t found = names.find (std::string (1, '\0') + whole);

  if (found != std::string::npos)
    return found + 1;
  names += whole;
  return names.size () - whole.size ();
}

void
write_entry (const DcmDictEntry &entry)
{
  printf ("  { 0x%04x, 0x%04x, 0x%04x, 0x%04x, %d, %d, %d, %d, %d, %zu, %zu, %zu },\n",
          entry.getGroup (), entry.getElement (), entry.getUpperGroup (), entry.getUpperElement (),
          entry.getEVR (), entry.getGroupRangeRestriction (), entry.getElementRangeRestriction (),
          entry.getVMMin (), entry.getVMMax (), place (entry.getTagName ()),
          place (entry.getStandardVersion ()), place (entry.getPrivateCreator ()));
}

/* A string literal for each text: compilers limit the length of one, not of their sum. */
void
write_names ()
{
  puts ("const char imp_dictionary_names[] =");
  for (size_t at = 0; at < names.size (); at += strlen (&names[at]) + 1)
    {
      fputs ("  \"", stdout);
      for (const char *c = &names[at]; *c != '\0'; c++)
        printf (*c == '"' || *c == '\\' || *c == '?' ? "\\%c" : "%c", *c);
      puts ("\\0\"");
    }
  puts ("  ;");
}

} // namespace

int
main ()
{
  DcmDataDictionary dictionary (OFTrue, OFTrue);

  if (!dictionary.isDictionaryLoaded ())
    {
      fputs ("DCMTK's data dictionary cannot be loaded\n", stderr);
      return 1;
    }
  names.assign (1, '\0');
  puts ("#include \"dicom-dictionary.h\"\n\nconst ImpDictionaryEntry imp_dictionary_entries[] = {");
  for (DcmHashDictIterator i = dictionary.normalBegin (); i != dictionary.normalEnd (); ++i)
    write_entry (**i);
  for (DcmDictEntryListIterator i = dictionary.repeatingBegin (); i != dictionary.repeatingEnd ();
       ++i)
    write_entry (**i);
  puts ("};\n\nconst size_t imp_dictionary_size = G_N_ELEMENTS (imp_dictionary_entries);\n");
  write_names ();
  return 0;
}
