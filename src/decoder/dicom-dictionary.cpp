#include "dicom-private.h"

#include "dicom-dictionary.h"

namespace
{

const char *
get_text (guint32 at)
{
  return at != 0 ? imp_dictionary_names + at : nullptr;
}

DcmDictEntry *
make_entry (const ImpDictionaryEntry &from)
{
  auto *entry = new DcmDictEntry (from.group, from.element, from.upper_group, from.upper_element,
                                  DcmVR (static_cast<DcmEVR> (from.vr)),
                                  imp_dictionary_names + from.name, from.vm_min, from.vm_max,
                                  get_text (from.version), OFFalse, get_text (from.creator));

  entry->setGroupRangeRestriction (static_cast<DcmDictRangeRestriction> (from.group_range));
  entry->setElementRangeRestriction (static_cast<DcmDictRangeRestriction> (from.element_range));
  return entry;
}

} // namespace

/**
 * imp_dicom_dictionary_load:
 *
 * Gives DCMTK its data dictionary as it was when this program was built, so that no file of it is
 * looked for: neither DCMTK's own nor one that the environment names.
 *
 * Throws: what DCMTK or the allocator does
 */
void
imp_dicom_dictionary_load (void)
{
  g_setenv (DCM_DICT_ENVIRONMENT_VARIABLE, "/dev/null", TRUE);

  DcmDataDictionary &dictionary = dcmDataDict.wrlock ();

  for (size_t i = 0; i < imp_dictionary_size; i++)
    dictionary.addEntry (make_entry (imp_dictionary_entries[i]));
  dcmDataDict.wrunlock ();
}
