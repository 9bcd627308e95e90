#include "imp-second.h"

#include "imp-signer.h"

struct _ImpSecond
{
  char *name; /* owned */
  char *pin;  /* owned, locked memory */
};

G_DEFINE_BOXED_TYPE (ImpSecond, imp_second, imp_second_copy, imp_second_free)

/**
 * imp_second_new:
 * @name: (nullable): a user's name
 * @pin: (nullable): what that user typed; the caller wipes its own copy
 *
 * Returns: (transfer full): both
 */
ImpSecond *
imp_second_new (const char *name, const char *pin)
{
  ImpSecond *second = g_new0 (ImpSecond, 1);

  second->name = g_strdup (name != NULL ? name : "");
  second->pin = imp_signer_keep_words (pin != NULL ? pin : "");
  return second;
}

/**
 * imp_second_copy:
 * @second: a name and PIN
 *
 * Returns: (transfer full): the same
 */
ImpSecond *
imp_second_copy (const ImpSecond *second)
{
  return imp_second_new (second->name, second->pin);
}

/**
 * imp_second_free:
 * @second: (transfer full) (nullable): a name and PIN, which is wiped
 */
void
imp_second_free (ImpSecond *second)
{
  if (second == NULL)
    return;
  g_free (second->name);
  imp_signer_free_words (second->pin);
  g_free (second);
}

/**
 * imp_second_get_name:
 * @second: a name and PIN
 *
 * Returns: (transfer none): the name as it was typed
 */
const char *
imp_second_get_name (const ImpSecond *second)
{
  return second->name;
}

/**
 * imp_second_get_pin:
 * @second: a name and PIN
 *
 * Returns: (transfer none): the PIN
 */
const char *
imp_second_get_pin (const ImpSecond *second)
{
  return second->pin;
}
