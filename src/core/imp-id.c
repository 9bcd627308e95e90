#include "imp-id.h"

#include <sodium.h>
#include <string.h>

/* Crockford's base 32 without letters that are read for digits; 32 characters, 5 bits each. */
static const char ALPHABET[] = "0123456789abcdefghjkmnpqrstvwxyz";

#define ID_LENGTH 20 /* 100 bits */

static char *
random_text (guint length)
{
  g_autofree guint8 *random = g_malloc (length);
  char *text = g_malloc (length + 1);

  if (sodium_init () < 0)
    g_error ("The system's random numbers cannot be had");
  randombytes_buf (random, length);
  for (guint i = 0; i < length; i++)
    text[i] = ALPHABET[random[i] & 31];
  text[length] = '\0';
  return text;
}

/**
 * imp_id_new:
 *
 * Makes a random identifier of 100 bits that says nothing about what it names.
 *
 * Returns: (transfer full): 20 characters of lower-case Crockford base 32
 */
char *
imp_id_new (void)
{
  return random_text (ID_LENGTH);
}

/**
 * imp_id_is_valid:
 * @text: (nullable): text
 *
 * Returns: whether @text has the form of an identifier made by imp_id_new()
 */
gboolean
imp_id_is_valid (const char *text)
{
  return text != NULL && strlen (text) == ID_LENGTH && strspn (text, ALPHABET) == ID_LENGTH;
}

/**
 * imp_id_neutral_file_name:
 * @extension: without the dot, such as "png"
 *
 * Makes a file name that carries no token of the source, the patient or the date
 * (leaks.md row 21).
 *
 * Its fixed parts are shorter than the four characters from which on a
 * header's value is looked for in a name, so that no header can forbid it.
 *
 * Returns: (transfer full): "img-" and 10 random characters, with the extension
 */
char *
imp_id_neutral_file_name (const char *extension)
{
  g_autofree char *random = random_text (10);

  return g_strdup_printf ("img-%s.%s", random, extension);
}
