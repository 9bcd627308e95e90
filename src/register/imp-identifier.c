#include "imp-identifier.h"

G_DEFINE_BOXED_TYPE (ImpIdentifier, imp_identifier, imp_identifier_copy, imp_identifier_free)

/**
 * imp_identifier_new:
 *
 * Returns: (transfer full): an empty identifier
 */
ImpIdentifier *
imp_identifier_new (void)
{
  return g_new0 (ImpIdentifier, 1);
}

/**
 * imp_identifier_copy:
 * @identifier: an identifier
 *
 * Returns: (transfer full): a copy
 */
ImpIdentifier *
imp_identifier_copy (const ImpIdentifier *identifier)
{
  ImpIdentifier *copy = imp_identifier_new ();

  *copy = *identifier;
  copy->scheme = g_strdup (identifier->scheme);
  copy->value = g_strdup (identifier->value);
  return copy;
}

/**
 * imp_identifier_free:
 * @identifier: (transfer full) (nullable): an identifier
 */
void
imp_identifier_free (ImpIdentifier *identifier)
{
  if (identifier == NULL)
    return;
  g_free (identifier->scheme);
  g_free (identifier->value);
  g_free (identifier);
}
