#include "imp-sound.h"

#include <string.h>

/* Spellings of one sound in names written in the Roman alphabet, tried in this order where a rule's
 * letters stand. Signs: x is "sh", capital X is "ch"; "-" is no sound. A rule that ends
 * in
 * "$" fits at the end of the word only, one that begins with "^" at its beginning. */
static const struct
{
  const char *letters;
  const char *sound;
} RULES[] = {
  { "^mac", "mk" }, { "^mc", "mk" },  { "^kn", "n" }, { "^gn", "n" },  { "^pn", "n" },
  { "^wr", "r" },   { "^ps", "s" },   { "^pf", "f" }, { "^x", "s" },   { "^wh", "w" },
  { "^cz", "X" },   { "^gh", "g" },   { "^w", "w" },  { "^h", "h" },   { "schm", "xm" },
  { "schn", "xn" }, { "schw", "xw" }, { "sch", "x" }, { "tsch", "X" }, { "tch", "X" },
  { "tzs", "X" },   { "sz", "s" },    { "sh", "x" },  { "cz", "X" },   { "chr", "kr" },
  { "chl", "kl" },  { "ch", "X" },    { "ck", "k" },  { "cqu", "k" },  { "qu", "k" },
  { "q", "k" },     { "sce", "s" },   { "sci", "s" }, { "scy", "s" },  { "ce", "s" },
  { "ci", "s" },    { "cy", "s" },    { "c", "k" },   { "ph", "f" },   { "ght", "t" },
  { "gh", "-" },    { "dge", "j" },   { "dgi", "j" }, { "dgy", "j" },  { "ge", "j" },
  { "gi", "j" },    { "gy", "j" },    { "gn$", "n" }, { "th", "t" },   { "tz", "s" },
  { "ts", "s" },    { "z", "s" },     { "x", "ks" },  { "v", "f" },    { "mb$", "m" },
  { "mps", "ms" },  { "mpt", "mt" },  { "dt", "t" },  { "tt", "t" },   { "stl", "sl" },
  { "ldm", "lm" },  { "ndt", "nt" },  { "h", "-" },   { "w", "-" },    { "y", "-" },
  { "a", "-" },     { "e", "-" },     { "i", "-" },   { "o", "-" },    { "u", "-" },
};

static gsize
match (const char *rule, const char *word, const char *at)
{
  gsize length = 0;
  gboolean first = *rule == '^';
  gboolean last = FALSE;

  rule += first;
  length = strlen (rule);
  last = length > 0 && rule[length - 1] == '$';
  length -= last;
  return strncmp (at, rule, length) == 0 && (!first || at == word) && (!last || at[length] == '\0')
             ? length
             : 0;
}

/* One sound that is said twice is heard once. */
static void
append_sound (GString *sound, const char *more)
{
  for (; *more != '\0' && *more != '-'; more++)
    if (sound->len == 0 || sound->str[sound->len - 1] != *more)
      g_string_append_c (sound, *more);
}

static gboolean
is_vowel (char letter)
{
  return letter != '\0' && strchr ("aeiouy", letter) != NULL;
}

/* How many of the letters a rule used up: the vowel that makes a c or g soft is heard for itself.
 */
static gsize
take_rule (const char *word, const char *at, GString *sound)
{
  for (gsize i = 0; i < G_N_ELEMENTS (RULES); i++)
    {
      gsize length = match (RULES[i].letters, word, at);

      if (length == 0)
        continue;
      append_sound (sound, RULES[i].sound);
      return length > 1 && is_vowel (at[length - 1]) && RULES[i].letters[0] != '^' ? length - 1
                                                                                   : length;
    }
  return 0;
}

/**
 * imp_sound_of:
 * @word: a word of a name, in small letters without accents
 *
 * Makes a key of what is heard: consonants by their sound, and that the word begins with a vowel.
 * Made for the spellings that are met in the United Kingdom. Letters of other scripts count as they
 * are.
 *
 * Returns: (transfer full): the key, "" where nothing is heard
 */
char *
imp_sound_of (const char *word)
{
  g_autoptr (GString) sound = g_string_new (NULL);

  if (is_vowel (*word))
    g_string_append_c (sound, 'a');
  for (const char *at = word; *at != '\0';)
    {
      gsize length = take_rule (word, at, sound);

      if (length == 0)
        {
          const char letter[2] = { *at, '\0' };

          length = (gsize)(g_utf8_next_char (at) - at);
          if (length > 1)
            g_string_append_len (sound, at, (gssize)length);
          else if (g_ascii_isalnum (*at))
            append_sound (sound, letter);
        }
      at += length;
    }
  return g_string_free (g_steal_pointer (&sound), FALSE);
}
