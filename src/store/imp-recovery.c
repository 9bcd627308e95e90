#include "imp-recovery.h"

#include <sodium.h>
#include <string.h>

/* Crockford's base 32, which is written without letters that are read for digits. */
static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char CHECK_FORM[] = "imprimatur recovery key 1\n";

#define KEY_CHARACTERS 52 /* of 5 bits: 256, and 4 that are zero */
#define CHECK_CHARACTERS 4
#define CHARACTERS (KEY_CHARACTERS + CHECK_CHARACTERS)
#define GROUP 4
#define TEXT_LENGTH (CHARACTERS + CHARACTERS / GROUP - 1)

static guint
get_bits (const guint8 *bytes, gsize length, guint at)
{
  guint value = 0;

  for (guint i = 0; i < 5; i++)
    {
      guint bit = 5 * at + i;

      value <<= 1;
      if (bit / 8 < length)
        value |= (bytes[bit / 8] >> (7 - bit % 8)) & 1u;
    }
  return value;
}

/* 20 bits: one mistyped key in a million is taken for a right one, and then opens nothing. */
static void
make_check (const guint8 *key, guint8 *check)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, 16);
  crypto_generichash_update (&state, (const guint8 *)CHECK_FORM, sizeof CHECK_FORM - 1);
  crypto_generichash_update (&state, key, IMP_SECRET_LENGTH);
  crypto_generichash_final (&state, check, 16);
  sodium_memzero (&state, sizeof state);
}

/**
 * imp_recovery_to_text:
 * @key: a key
 *
 * Returns: (transfer full): it in 14 groups of four letters and digits with a hyphen between, in
 *   locked memory that is given back with imp_secret_free_text()
 */
char *
imp_recovery_to_text (const ImpSecret *key)
{
  const guint8 *bytes = imp_secret_get_bytes (key);
  char *text = imp_secret_allocate (TEXT_LENGTH + 1);
  guint8 check[16];
  gsize length = 0;

  make_check (bytes, check);
  for (guint i = 0; i < CHARACTERS; i++)
    {
      if (i > 0 && i % GROUP == 0)
        text[length++] = '-';
      text[length++] =
          ALPHABET[i < KEY_CHARACTERS ? get_bits (bytes, IMP_SECRET_LENGTH, i)
                                      : get_bits (check, sizeof check, i - KEY_CHARACTERS)];
    }
  text[length] = '\0';
  return text;
}

/* What is meant by a character: -1 for one to pass over, -2 for one that cannot be in a key. */
static int
read_character (char typed)
{
  const char letter = g_ascii_toupper (typed);
  const char *found = NULL;

  if (letter == '-' || g_ascii_isspace (letter))
    return -1;
  if (letter == 'O')
    return 0;
  if (letter == 'I' || letter == 'L')
    return 1;
  found = strchr (ALPHABET, letter);
  return found != NULL && *found != '\0' ? (int)(found - ALPHABET) : -2;
}

/**
 * imp_recovery_from_text:
 * @text: what was typed; case, spaces and hyphens make no difference, O is 0, I and L are 1
 *
 * Returns: (transfer full) (nullable): the key, or %NULL where @text is none, or a character of it
 *   is wrong
 */
ImpSecret *
imp_recovery_from_text (const char *text)
{
  guint8 bytes[(CHARACTERS * 5 + 7) / 8] = { 0 };
  guint8 check[16];
  guint n_read = 0;
  gboolean fits = TRUE;
  ImpSecret *key = NULL;

  for (; *text != '\0' && fits; text++)
    {
      int value = read_character (*text);

      fits = value != -2 && (value == -1 || n_read < CHARACTERS);
      for (guint i = 0; fits && value >= 0 && i < 5; i++)
        {
          guint bit = (n_read < KEY_CHARACTERS ? 0 : 256 - 5 * KEY_CHARACTERS) + 5 * n_read + i;

          if (n_read == KEY_CHARACTERS - 1 && i > 0)
            fits = ((value >> (4 - i)) & 1) == 0;
          else if ((value >> (4 - i)) & 1)
            bytes[bit / 8] |= (guint8)(0x80 >> (bit % 8));
        }
      n_read += value >= 0;
    }
  if (fits && n_read == CHARACTERS)
    {
      make_check (bytes, check);
      for (guint i = 0; i < CHECK_CHARACTERS; i++)
        fits = fits
               && get_bits (check, sizeof check, i)
                      == get_bits (bytes + IMP_SECRET_LENGTH, sizeof bytes - IMP_SECRET_LENGTH, i);
      if (fits)
        key = imp_secret_new_from_bytes (bytes);
    }
  sodium_memzero (bytes, sizeof bytes);
  return key;
}
