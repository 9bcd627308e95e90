#include "imp-charset.h"

#include <iconv.h>
#include <string.h>

#include "imp-notes.h"

/* Defined Terms of Specific Character Set (0008,0005), PS3.3 C.12.1.1.2: the number that both the
 * "ISO_IR n" and the "ISO 2022 IR n" form carry, the escape that selects the set, and iconv's name.
 */
typedef struct
{
  const char *term;
  const char *escape;
  gboolean two_bytes_low; /* a multi-byte set in G0: its escapes stay for the converter */
  const char *name;
  iconv_t converter;
} Charset;

static Charset charsets[] = {
  { "IR 6", "(B", FALSE, "ISO-8859-1", NULL },    { "IR 100", "-A", FALSE, "ISO-8859-1", NULL },
  { "IR 101", "-B", FALSE, "ISO-8859-2", NULL },  { "IR 109", "-C", FALSE, "ISO-8859-3", NULL },
  { "IR 110", "-D", FALSE, "ISO-8859-4", NULL },  { "IR 144", "-L", FALSE, "ISO-8859-5", NULL },
  { "IR 127", "-G", FALSE, "ISO-8859-6", NULL },  { "IR 126", "-F", FALSE, "ISO-8859-7", NULL },
  { "IR 138", "-H", FALSE, "ISO-8859-8", NULL },  { "IR 148", "-M", FALSE, "ISO-8859-9", NULL },
  { "IR 203", "-b", FALSE, "ISO-8859-15", NULL }, { "IR 166", "-T", FALSE, "TIS-620", NULL },
  { "IR 13", ")I", FALSE, "CP932", NULL },        { "IR 13", "(J", FALSE, "CP932", NULL },
  { "IR 87", "$B", TRUE, "ISO-2022-JP-2", NULL }, { "IR 159", "$(D", TRUE, "ISO-2022-JP-2", NULL },
  { "IR 149", "$)C", FALSE, "EUC-KR", NULL },     { "IR 58", "$)A", FALSE, "EUC-CN", NULL },
  { "GB18030", NULL, FALSE, "GB18030", NULL },    { "GBK", NULL, FALSE, "GBK", NULL },
};

/**
 * imp_charset_initialise:
 *
 * Opens every converter and runs each once, so that none of their files is needed after the lock.
 */
void
imp_charset_initialise (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      char in[] = "A";
      char out[16];
      char *from = in;
      char *to = out;
      gsize from_left = 1;
      gsize to_left = sizeof out;

      charsets[i].converter = iconv_open ("UTF-8", charsets[i].name);
      if (charsets[i].converter == (iconv_t)-1)
        charsets[i].converter = NULL;
      else
        iconv (charsets[i].converter, &from, &from_left, &to, &to_left);
    }
}

static const Charset *
find_term (const char *term, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize n = strlen (charsets[i].term);

      /* "ISO_IR 100" and "ISO 2022 IR 100" end alike. */
      if (length >= n && strncmp (term + length - n, charsets[i].term, n) == 0)
        return &charsets[i];
    }
  return &charsets[0];
}

static const Charset *
find_escape (const char *at, gsize left)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      const char *escape = charsets[i].escape;
      gsize n = escape != NULL ? strlen (escape) : 0;

      if (n > 0 && left >= n && memcmp (at, escape, n) == 0)
        return &charsets[i];
    }
  return NULL;
}

static void
convert (const Charset *charset, const char *bytes, gsize length, GString *out)
{
  g_autofree char *framed = NULL;
  char buffer[256];
  char *from = (char *)bytes;
  gsize left = length;

  if (charset->two_bytes_low)
    {
      framed = g_strdup_printf ("\x1b%s%.*s\x1b(B", charset->escape, (int)length, bytes);
      from = framed;
      left = strlen (framed);
    }
  if (charset->converter == NULL)
    {
      /* This machine lacks the set: what is ASCII of it must not be lost. */
      for (gsize i = 0; i < length; i++)
        g_string_append_unichar (out, (guchar)bytes[i]);
      return;
    }
  iconv (charset->converter, NULL, NULL, NULL, NULL);
  while (left > 0)
    {
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize before = left;
      gsize done = iconv (charset->converter, &from, &left, &to, &room);

      g_string_append_len (out, buffer, to - buffer);
      if (done == (gsize)-1 && left == before && room == sizeof buffer)
        {
          g_string_append (out, "\xef\xbf\xbd"); /* what is no character of the set */
          from++;
          left--;
        }
    }
}

/**
 * imp_charset_convert:
 * @charset: (nullable): Specific Character Set (0008,0005) as it stands, perhaps of several values
 * @bytes: a text value
 * @length: its bytes
 *
 * Converts with code extensions (PS3.5 6.1.2.5): an escape sequence selects another set, and the
 * first one holds again after a delimiter.
 *
 * Returns: (transfer full): text of any length, in UTF-8 unless it claims to be and is not; "�"
 *   stands for what cannot be read
 */
GString *
imp_charset_convert (const char *charset, const char *bytes, gsize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *term = charset != NULL ? charset : "";
  const Charset *first = NULL;
  const Charset *now = NULL;
  gsize start = 0;

  if (strstr (term, "IR 192") != NULL)
    return g_string_append_len (g_steal_pointer (&out), bytes, (gssize)length);
  first = find_term (term, strcspn (term, "\\"));
  if (g_str_has_prefix (term, "GB18030"))
    first = find_term ("GB18030", 7);
  now = first;
  for (gsize i = 0; i <= length; i++)
    {
      gboolean end = i == length;
      gboolean escape = !end && bytes[i] == '\x1b';
      gboolean delimiter =
          !end
          && (!now->two_bytes_low && first->escape != NULL && strchr ("^=\\\r\n\t\f", bytes[i]));

      if (!end && !escape && !delimiter)
        continue;
      convert (now, bytes + start, i - start, out);
      start = i;
      if (delimiter)
        now = first;
      if (escape)
        {
          const Charset *next = find_escape (bytes + i + 1, length - i - 1);

          if (next == NULL)
            next = first;
          else
            i += strlen (next->escape);
          start = i + 1;
          now = next;
        }
    }
  return g_steal_pointer (&out);
}

/**
 * imp_charset_to_utf8:
 * @charset: (nullable): Specific Character Set (0008,0005) as it stands, perhaps of several values
 * @bytes: a text value
 * @length: its bytes
 *
 * Converts as imp_charset_convert() does, then makes the text fit to be shown.
 *
 * Returns: (transfer full): UTF-8 text
 */
char *
imp_charset_to_utf8 (const char *charset, const char *bytes, gsize length)
{
  g_autoptr (GString) text = imp_charset_convert (charset, bytes, length);

  return imp_text_clean (text->str, text->len);
}
