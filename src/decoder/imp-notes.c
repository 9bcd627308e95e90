#include "imp-notes.h"

#include <string.h>

#include "imp-wire.h"

#define MAX_WINDOWS 64
#define MAX_WARNINGS 64

/**
 * imp_notes_new:
 *
 * Returns: (transfer full): notes of a picture with one frame, one page and nothing else
 */
ImpNotes *
imp_notes_new (void)
{
  ImpNotes *notes = g_new0 (ImpNotes, 1);

  notes->format = "";
  notes->n_frames = 1;
  notes->n_pages = 1;
  notes->orientation = 1;
  notes->shape = (ImpPixelShape){ 1, 1 };
  notes->patient_ids = g_ptr_array_new_with_free_func (g_free);
  notes->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_variant_builder_init (&notes->consents, G_VARIANT_TYPE ("a(sss)"));
  g_variant_builder_init (&notes->giveaways, G_VARIANT_TYPE ("a(ssmsb)"));
  g_variant_builder_init (&notes->windows, G_VARIANT_TYPE ("a(ddims)"));
  g_variant_builder_init (&notes->tables, G_VARIANT_TYPE ("ams"));
  g_variant_builder_init (&notes->overlays, G_VARIANT_TYPE ("a(ubms)"));
  g_variant_builder_init (&notes->regions, G_VARIANT_TYPE ("a(uuuuu)"));
  g_variant_builder_init (&notes->properties, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_init (&notes->warnings, G_VARIANT_TYPE_STRING_ARRAY);
  return notes;
}

/**
 * imp_notes_free:
 * @notes: (transfer full) (nullable): notes
 */
void
imp_notes_free (ImpNotes *notes)
{
  if (notes == NULL)
    return;
  g_variant_builder_clear (&notes->consents);
  g_variant_builder_clear (&notes->giveaways);
  g_variant_builder_clear (&notes->windows);
  g_variant_builder_clear (&notes->tables);
  g_variant_builder_clear (&notes->overlays);
  g_variant_builder_clear (&notes->regions);
  g_variant_builder_clear (&notes->properties);
  g_variant_builder_clear (&notes->warnings);
  g_hash_table_unref (notes->seen);
  g_free (notes->transfer_syntax);
  g_free (notes->photometric);
  g_free (notes->burned_in);
  g_free (notes->modality);
  g_ptr_array_unref (notes->patient_ids);
  g_free (notes->consent_flag);
  g_free (notes->distribution);
  g_free (notes);
}

/**
 * imp_text_clean:
 * @bytes: text from a file, hoped to be UTF-8
 * @length: its bytes
 *
 * Makes @bytes fit to be shown: what is not UTF-8 is read as ISO 8859-1, control characters become
 * spaces, the ends are trimmed, and it is cut to %IMP_NOTES_MAX_VALUE bytes.
 *
 * Returns: (transfer full): UTF-8 text, perhaps empty
 */
char *
imp_text_clean (const char *bytes, gsize length)
{
  GString *text = g_string_new (NULL);
  gboolean utf8 = FALSE;
  const char *end = NULL;

  while (length > 0 && (bytes[length - 1] == '\0' || bytes[length - 1] == ' '))
    length--;
  utf8 = g_utf8_validate_len (bytes, length, &end)
         || (length > IMP_NOTES_MAX_VALUE && end - bytes >= IMP_NOTES_MAX_VALUE);
  for (gsize at = 0; at < length && text->len < IMP_NOTES_MAX_VALUE;)
    {
      gunichar c = utf8 ? g_utf8_get_char (bytes + at) : (guchar)bytes[at];

      at += utf8 ? (gsize)g_unichar_to_utf8 (c, NULL) : 1;
      if (text->len + (gsize)g_unichar_to_utf8 (c, NULL) > IMP_NOTES_MAX_VALUE)
        break;
      g_string_append_unichar (text, g_unichar_iscntrl (c) || c == 0 ? ' ' : c);
    }
  g_strstrip (text->str);
  return g_string_free (text, FALSE);
}

/**
 * imp_notes_add:
 * @notes: notes
 * @where: where it stands in the file
 * @kind: what it is, see ImpGiveaway
 * @value: (nullable): UTF-8 text, %NULL where the thing is only present; empty text is not noted
 * @identifies: whether it must not occur in an export
 *
 * Notes one thing that the file gives away. What was noted before is not repeated. What identifies
 * nobody is listed up to a number; what identifies is always kept, or the file is refused.
 */
void
imp_notes_add (ImpNotes *notes, const char *where, const char *kind, const char *value,
               gboolean identifies)
{
  g_autofree char *clean = value != NULL ? imp_text_clean (value, strlen (value)) : NULL;
  g_autofree char *key = NULL;

  if (clean != NULL && *clean == '\0')
    return;
  if (!identifies && notes->n_giveaways >= IMP_NOTES_MAX_ITEMS)
    {
      if (notes->n_giveaways++ == IMP_NOTES_MAX_ITEMS)
        imp_notes_warn (notes,
                        N_ ("The file gives away more than is listed here: only the first 5000 "
                            "details are"),
                        NULL);
      return;
    }
  key = g_strdup_printf ("%s\n%s\n%s", where, kind, clean != NULL ? clean : "\n");
  if (!g_hash_table_add (notes->seen, g_steal_pointer (&key)))
    return;
  if (identifies && notes->n_identifiers++ >= IMP_NOTES_MAX_IDENTIFIERS)
    {
      notes->incomplete = TRUE;
      return;
    }
  if (!identifies)
    notes->n_giveaways++;
  g_variant_builder_add (&notes->giveaways, "(ssmsb)", where, kind, clean, identifies);
}

/**
 * imp_notes_add_bytes:
 * @notes: notes
 * @where: where it stands in the file
 * @kind: what it is
 * @bytes: text of unknown encoding
 * @length: its bytes
 * @identifies: whether it must not occur in an export
 */
void
imp_notes_add_bytes (ImpNotes *notes, const char *where, const char *kind, gconstpointer bytes,
                     gsize length, gboolean identifies)
{
  g_autofree char *clean = imp_text_clean (bytes, length);

  imp_notes_add (notes, where, kind, clean, identifies);
}

/**
 * imp_notes_add_size:
 * @notes: notes
 * @where: where it stands in the file
 * @kind: what it is
 * @size: how many bytes it has
 *
 * Notes something by its size alone.
 */
void
imp_notes_add_size (ImpNotes *notes, const char *where, const char *kind, gsize size)
{
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT " bytes", size);

  imp_notes_add (notes, where, kind, text, FALSE);
}

/**
 * imp_notes_add_window:
 * @notes: notes
 * @window: a VOI window that the file offers
 * @explanation: (nullable): UTF-8
 */
void
imp_notes_add_window (ImpNotes *notes, const ImpWindow *window, const char *explanation)
{
  if (notes->n_windows++ < MAX_WINDOWS)
    g_variant_builder_add (&notes->windows, "(ddims)", window->centre, window->width,
                           (gint32)window->function, explanation);
}

/**
 * imp_notes_add_table:
 * @notes: notes
 * @explanation: (nullable): LUT Explanation (0028,3003)
 *
 * Notes one VOI LUT; the order is that of a grey frame's tables.
 */
void
imp_notes_add_table (ImpNotes *notes, const char *explanation)
{
  if (notes->n_tables + 1 >= IMP_WIRE_MAX_TABLES)
    return;
  notes->n_tables++;
  g_variant_builder_add (&notes->tables, "ms", explanation);
}

/**
 * imp_notes_add_overlay:
 * @notes: notes
 * @group: 0x6000 to 0x601e, even
 * @embedded: whether its bits lie in the pixel data
 * @label: (nullable): Overlay Label (60xx,1500), else Overlay Description (60xx,0022)
 *
 * Notes one overlay plane; it counts in n_overlays.
 */
void
imp_notes_add_overlay (ImpNotes *notes, guint group, gboolean embedded, const char *label)
{
  notes->n_overlays++;
  g_variant_builder_add (&notes->overlays, "(ubms)", group, embedded, label);
}

/**
 * imp_notes_add_region:
 * @notes: notes
 * @format: Region Spatial Format (0018,6012)
 * @corners: (array fixed-size=4): left, top, right and bottom, as they stand in the file
 *
 * Notes one region of an ultrasound picture.
 */
void
imp_notes_add_region (ImpNotes *notes, guint format, const guint32 *corners)
{
  g_variant_builder_add (&notes->regions, "(uuuuu)", format, corners[0], corners[1], corners[2],
                         corners[3]);
}

/**
 * imp_notes_add_property:
 * @notes: notes
 * @key: one of those that src/decode/imp-properties.c knows, noted once
 * @value: a number, or a code in lower case of our own or the standard's choosing; never text as it
 *   stands in the file
 *
 * Notes one technical property.
 */
void
imp_notes_add_property (ImpNotes *notes, const char *key, const char *value)
{
  g_variant_builder_add (&notes->properties, "{ss}", key, value);
}

/**
 * imp_notes_add_property_number:
 * @notes: notes
 * @key: see imp_notes_add_property()
 * @value: a finite number
 */
void
imp_notes_add_property_number (ImpNotes *notes, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  imp_notes_add_property (notes, key, g_ascii_formatd (text, sizeof text, "%.12g", value));
}

/**
 * imp_notes_add_patient_id:
 * @notes: notes
 * @value: one patient's number as it stands in the file; empty text is not noted
 *
 * Notes one number of the patient, once.
 */
void
imp_notes_add_patient_id (ImpNotes *notes, const char *value)
{
  g_autofree char *clean = imp_text_clean (value, strlen (value));
  g_autofree char *key = g_strdup_printf ("patient-id\n%s", clean);

  if (*clean == '\0' || !g_hash_table_add (notes->seen, g_steal_pointer (&key)))
    return;
  if (notes->patient_ids->len < IMP_NOTES_MAX_IDENTIFIERS)
    g_ptr_array_add (notes->patient_ids, g_steal_pointer (&clean));
  else
    notes->incomplete = TRUE;
}

/* How far a yes reaches, the narrowest first. */
static int
reach_of (const char *distribution)
{
  return g_strcmp0 (distribution, "PUBLIC_RELEASE") == 0     ? 2
         : g_strcmp0 (distribution, "RESTRICTED_REUSE") == 0 ? 1
                                                             : 0;
}

/**
 * imp_notes_add_consent:
 * @notes: notes
 * @flag: "YES", "NO", "WITHDRAWN", or "" where only a kind of distribution is named
 * @distribution: "NAMED_PROTOCOL", "RESTRICTED_REUSE", "PUBLIC_RELEASE", "OTHER" for what is none
 *   of them, or ""
 * @protocol: the protocol that it is about, or ""
 *
 * Notes what the file says of consent, and the worst of it: the first refusal stays, and of what
 * was agreed to the narrowest.
 */
void
imp_notes_add_consent (ImpNotes *notes, const char *flag, const char *distribution,
                       const char *protocol)
{
  gboolean refuses = *flag != '\0' && !g_str_equal (flag, "YES");
  gboolean refused = notes->consent_flag != NULL && !g_str_equal (notes->consent_flag, "YES");

  if (notes->n_consents++ < IMP_NOTES_MAX_ITEMS)
    g_variant_builder_add (&notes->consents, "(sss)", flag, distribution, protocol);
  if (*flag != '\0' && !refused)
    {
      g_free (notes->consent_flag);
      notes->consent_flag = g_strdup (flag);
    }
  if (*distribution == '\0' || refuses
      || (notes->distribution != NULL && reach_of (notes->distribution) <= reach_of (distribution)))
    return;
  g_free (notes->distribution);
  notes->distribution = g_strdup (distribution);
}

static char *
join (const char *message, const char *detail)
{
  g_autofree char *clean = detail != NULL ? imp_text_clean (detail, strlen (detail)) : NULL;

  if (clean == NULL)
    return g_strdup (message);
  return g_strdup_printf ("%s%c%s", message, IMP_WIRE_DETAIL, clean);
}

/**
 * imp_notes_warn:
 * @notes: notes
 * @message: a sentence, translated by the client
 * @detail: (nullable): what the %s in @message stands for
 */
void
imp_notes_warn (ImpNotes *notes, const char *message, const char *detail)
{
  g_autofree char *text = join (message, detail);

  if (notes->n_warnings++ < MAX_WARNINGS)
    g_variant_builder_add (&notes->warnings, "s", text);
}

/**
 * imp_notes_warn_profile:
 * @notes: notes
 *
 * Warns that imp_colour_new() refused the file's ICC profile.
 */
void
imp_notes_warn_profile (ImpNotes *notes)
{
  imp_notes_warn (notes,
                  N_ ("The colour profile in the file is damaged or does not fit: the colours are "
                      "shown as sRGB"),
                  NULL);
}

/**
 * imp_notes_warn_transparent:
 * @notes: notes
 *
 * Warns that the file has alpha, whatever its pixels make of it.
 */
void
imp_notes_warn_transparent (ImpNotes *notes)
{
  imp_notes_warn (notes, N_ ("Parts of the picture are transparent: they are shown on white"),
                  NULL);
}

static void
add_text (GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_dict_insert (dict, key, "s", value);
}

/**
 * imp_notes_to_variant:
 * @notes: complete notes; lists are empty afterwards
 *
 * Returns: (transfer full): an a{sv}, as imp_facts_new_from_variant() reads it
 */
GVariant *
imp_notes_to_variant (ImpNotes *notes)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add_text (&dict, "format", notes->format);
  add_text (&dict, "transfer-syntax", notes->transfer_syntax);
  add_text (&dict, "photometric", notes->photometric);
  add_text (&dict, "burned-in", notes->burned_in);
  add_text (&dict, "modality", notes->modality);
  add_text (&dict, "image-kind", notes->image_kind);
  add_text (&dict, "consent-flag", notes->consent_flag);
  add_text (&dict, "distribution", notes->distribution);
  g_variant_dict_insert_value (&dict, "consents", g_variant_builder_end (&notes->consents));
  g_variant_dict_insert_value (&dict, "patient-ids",
                               g_variant_new_strv ((const char *const *)notes->patient_ids->pdata,
                                                   (gssize)notes->patient_ids->len));
  g_variant_dict_insert (&dict, "width", "i", notes->width);
  g_variant_dict_insert (&dict, "height", "i", notes->height);
  g_variant_dict_insert (&dict, "frames", "u", notes->n_frames);
  g_variant_dict_insert (&dict, "pages", "u", notes->n_pages);
  g_variant_dict_insert (&dict, "overlays", "u", notes->n_overlays);
  g_variant_dict_insert (&dict, "orientation", "i", notes->orientation);
  g_variant_dict_insert (&dict, "grid", "(ii)", notes->grid.width, notes->grid.height);
  g_variant_dict_insert (&dict, "page", "u", notes->page);
  g_variant_dict_insert (&dict, "shape", "(ii)", notes->shape.width, notes->shape.height);
  add_text (&dict, "codec", notes->codec);
  g_variant_dict_insert (&dict, "lossless-claimed", "b", notes->lossless_claimed);
  g_variant_dict_insert (&dict, "shades-shared", "b", notes->shades_shared);
  g_variant_dict_insert_value (&dict, "giveaways", g_variant_builder_end (&notes->giveaways));
  g_variant_dict_insert_value (&dict, "windows", g_variant_builder_end (&notes->windows));
  g_variant_dict_insert_value (&dict, "tables", g_variant_builder_end (&notes->tables));
  g_variant_dict_insert_value (&dict, "overlay-planes", g_variant_builder_end (&notes->overlays));
  g_variant_dict_insert_value (&dict, "ultrasound-regions",
                               g_variant_builder_end (&notes->regions));
  g_variant_dict_insert_value (&dict, "properties", g_variant_builder_end (&notes->properties));
  g_variant_dict_insert_value (&dict, "warnings", g_variant_builder_end (&notes->warnings));
  g_variant_builder_init (&notes->giveaways, G_VARIANT_TYPE ("a(ssmsb)"));
  g_variant_builder_init (&notes->windows, G_VARIANT_TYPE ("a(ddims)"));
  g_variant_builder_init (&notes->tables, G_VARIANT_TYPE ("ams"));
  g_variant_builder_init (&notes->overlays, G_VARIANT_TYPE ("a(ubms)"));
  g_variant_builder_init (&notes->regions, G_VARIANT_TYPE ("a(uuuuu)"));
  g_variant_builder_init (&notes->properties, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_init (&notes->warnings, G_VARIANT_TYPE_STRING_ARRAY);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/**
 * imp_fail:
 * @error: where to put the error
 * @code: what the user can do next
 * @message: a sentence, translated by the client
 * @detail: (nullable): what the %s in @message stands for; never a patient's identifier
 */
void
imp_fail (GError **error, ImpError code, const char *message, const char *detail)
{
  g_autofree char *text = join (message, detail);

  if (error != NULL && *error == NULL)
    g_set_error_literal (error, IMP_ERROR, code, text);
}
