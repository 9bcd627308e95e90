/* DCMTK's data dictionary, compiled in.
 *
 * Owns: the form in which data/dictionary writes it.  May include: glib.  Must never: change at run
 * time. */
#pragma once

#include <glib.h>

/* Texts are places in imp_dictionary_names, 0 where there is none. */
struct ImpDictionaryEntry
{
  guint16 group;
  guint16 element;
  guint16 upper_group;
  guint16 upper_element;
  gint8 vr;             /* DcmEVR */
  guint8 group_range;   /* DcmDictRangeRestriction */
  guint8 element_range; /* DcmDictRangeRestriction */
  int vm_min;
  int vm_max;
  guint32 name;
  guint32 version;
  guint32 creator;
};

extern const ImpDictionaryEntry imp_dictionary_entries[];
extern const size_t imp_dictionary_size;
extern const char imp_dictionary_names[];
