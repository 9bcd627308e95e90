#include "imp-verify-identifiers-private.h"

#include <string.h>

#include <glib/gi18n.h>

#define MIN_CHARACTERS 4

typedef enum
{
  ENCODING_UTF8,
  ENCODING_LATIN1,
  ENCODING_UTF16_LE,
  ENCODING_UTF16_BE,
  N_ENCODINGS,
} Encoding;

/* Reads the character at @data. Returns its bytes, 0 where there is none. */
static gsize
read_character (Encoding encoding, const guint8 *data, gsize length, gunichar *character)
{
  gboolean big = encoding == ENCODING_UTF16_BE;
  gunichar first = 0;
  gunichar second = 0;

  switch (encoding)
    {
    case ENCODING_UTF8:
      if (length > 0 && data[0] < 0x80)
        {
          *character = data[0];
          return 1;
        }
      *character = g_utf8_get_char_validated ((const char *)data, (gssize)length);
      if (length == 0 || (gint32)*character < 0)
        return 0;
      return (gsize)g_unichar_to_utf8 (*character, NULL);
    case ENCODING_LATIN1:
      *character = length > 0 ? data[0] : 0;
      return length > 0 ? 1 : 0;
    default:
      if (length < 2)
        return 0;
      first = big ? (gunichar)data[0] << 8 | data[1] : (gunichar)data[1] << 8 | data[0];
      *character = first;
      if (first < 0xd800 || first > 0xdbff || length < 4)
        return 2;
      second = big ? (gunichar)data[2] << 8 | data[3] : (gunichar)data[3] << 8 | data[2];
      *character = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
      return second >= 0xdc00 && second <= 0xdfff ? 4 : 0;
    }
}

static gunichar
fold (gunichar character)
{
  if (character < 0x80)
    return (gunichar)g_ascii_tolower ((char)character);
  return g_unichar_tolower (g_unichar_toupper (character));
}

/* Whether @needle, folded and ended by 0, stands at @data. */
static gboolean
stands_at (const gunichar *needle, Encoding encoding, const guint8 *data, gsize length)
{
  gsize at = 0;

  for (; *needle != 0; needle++)
    {
      gunichar character = 0;
      gsize used = read_character (encoding, data + at, length - at, &character);

      if (used == 0 || fold (character) != *needle)
        return FALSE;
      at += used;
    }
  return TRUE;
}

/* Returns the offset of the first of @needles in @data, or -1. */
static gssize
find_any (GPtrArray *needles, const guint8 *data, gsize length)
{
  for (gsize at = 0; at < length; at++)
    for (int encoding = 0; encoding < N_ENCODINGS; encoding++)
      {
        gunichar first = 0;

        if (read_character ((Encoding)encoding, data + at, length - at, &first) == 0)
          continue;
        first = fold (first);
        for (guint i = 0; i < needles->len; i++)
          {
            const gunichar *needle = g_ptr_array_index (needles, i);

            if (*needle == first && stands_at (needle, (Encoding)encoding, data + at, length - at))
              return (gssize)at;
          }
      }
  return -1;
}

static void
add_needle (GPtrArray *needles, const char *text)
{
  static const GNormalizeMode MODES[] = { G_NORMALIZE_NFC, G_NORMALIZE_NFD };

  for (guint i = 0; i < G_N_ELEMENTS (MODES); i++)
    {
      g_autofree char *normal = g_utf8_normalize (text, -1, MODES[i]);
      glong length = 0;
      gunichar *needle = g_utf8_to_ucs4_fast (normal, -1, &length);

      for (glong k = 0; k < length; k++)
        needle[k] = fold (needle[k]);
      if (length >= MIN_CHARACTERS)
        g_ptr_array_add (needles, needle);
      else
        g_free (needle);
    }
}

static GPtrArray *
make_needles (const char *const *identifiers)
{
  GPtrArray *needles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; identifiers != NULL && identifiers[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (identifiers[i], -1);

      add_needle (needles, g_strstrip (valid));
    }
  return needles;
}

/**
 * imp_verify_identifiers:
 * @findings: (element-type ImpFinding): where findings are added
 * @data: the whole file
 * @plain: (element-type ImpByteRange): the runs of it that are not entropy-coded
 * @identifiers: (nullable): strings of the source that must not leave
 * @file_name: (nullable): the name that the file is to have
 *
 * Looks for each identifier of four or more characters, whole: the caller adds the parts that
 * identify on their own, as those of a name do and the words of a description do not. Ignores
 * case, in UTF-8, Latin-1 and UTF-16 of both byte orders. A finding names the place and never
 * repeats the identifier.
 */
void
imp_verify_identifiers (GPtrArray *findings, const guint8 *data, const GArray *plain,
                        const char *const *identifiers, const char *file_name)
{
  g_autoptr (GPtrArray) needles = make_needles (identifiers);

  for (guint i = 0; i < plain->len; i++)
    {
      const ImpByteRange *range = &g_array_index (plain, ImpByteRange, i);
      gssize at = find_any (needles, data + range->start, range->length);

      if (at >= 0)
        imp_verify_add (findings, g_strdup (_ ("identifier")),
                        g_strdup_printf (_ ("Something that identifies the person stands in the "
                                            "file at byte %lu."),
                                         (gulong)(range->start + (gsize)at)));
    }
  if (file_name != NULL && find_any (needles, (const guint8 *)file_name, strlen (file_name)) >= 0)
    imp_verify_add (findings, g_strdup (_ ("identifier")),
                    g_strdup (_ ("Something that identifies the person stands in the file's "
                                 "name.")));
}
