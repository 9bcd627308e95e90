#include <string.h>

#include "imp-permission-private.h"

/* How long the person's answer can still change a column. */
typedef enum
{
  FIXED,   /* never */
  TERM,    /* while it is a draft */
  ANSWER,  /* until the offer is answered */
  PROOF,   /* afterwards it may be filled in, never replaced */
  RENEWED, /* always */
} Freedom;

#define TEXT(member) G_STRUCT_OFFSET (ImpPermission, member)

static const struct
{
  const char *column;
  gsize member;
  Freedom freedom;
} TEXTS[] = {
  { "id", TEXT (id), FIXED },
  { "person_id", TEXT (person_id), FIXED },
  { "created", TEXT (created), FIXED },
  { "replaces", TEXT (replaces), FIXED },
  { "level", TEXT (level), TERM },
  { "scope", TEXT (scope), TERM },
  { "destination", TEXT (destination), TERM },
  { "destination_url", TEXT (destination_url), TERM },
  { "controller", TEXT (controller), TERM },
  { "given_by", TEXT (given_by), ANSWER },
  { "capacity", TEXT (capacity), ANSWER },
  { "given", TEXT (given), ANSWER },
  { "valid_from", TEXT (valid_from), ANSWER },
  { "expires", TEXT (expires), ANSWER },
  { "giver_name", TEXT (giver_name), PROOF },
  { "giver_relationship", TEXT (giver_relationship), PROOF },
  { "giver_check", TEXT (giver_check), PROOF },
  { "giver_note", TEXT (giver_note), PROOF },
  { "capacity_decision", TEXT (capacity_decision), PROOF },
  { "capacity_assessor", TEXT (capacity_assessor), PROOF },
  { "capacity_assessed", TEXT (capacity_assessed), PROOF },
  { "evidence", TEXT (evidence), PROOF },
  { "evidence_reference", TEXT (evidence_reference), PROOF },
  { "witness_name", TEXT (witness_name), PROOF },
  { "witness_role", TEXT (witness_role), PROOF },
  { "wording_version", TEXT (wording_version), PROOF },
  { "language", TEXT (language), PROOF },
  { "interpreter", TEXT (interpreter), PROOF },
  { "image_version", TEXT (image_version), PROOF },
  { "basis", TEXT (basis), PROOF },
  { "basis_note", TEXT (basis_note), PROOF },
  { "review", TEXT (review), RENEWED },
};

#define N_TEXTS ((int)G_N_ELEMENTS (TEXTS))

static const char *
get_text (const ImpPermission *permission, int text)
{
  return G_STRUCT_MEMBER (char *, permission, TEXTS[text].member);
}

/**
 * imp_permission_columns:
 *
 * Returns: (transfer none): the columns of permission that imp_permission_from_row() reads
 */
const char *
imp_permission_columns (void)
{
  static char *columns = NULL;

  if (g_once_init_enter (&columns))
    {
      GString *list = g_string_new (NULL);

      for (int i = 0; i < N_TEXTS; i++)
        g_string_append_printf (list, "%s, ", TEXTS[i].column);
      g_string_append (list, "identifiable, state, withdrawn, withdrawn_by, withdrawn_channel, "
                             "withdrawn_partly, (SELECT max(at) FROM event WHERE subject_id = "
                             "permission.id AND kind = 'state' AND old = 'offered')");
      g_once_init_leave (&columns, g_string_free (list, FALSE));
    }
  return columns;
}

/**
 * imp_permission_from_row:
 * @row: a row of imp_permission_columns()
 *
 * Returns: (transfer full): the permission; one in a state that this program does not know grants
 *   nothing
 */
ImpPermission *
imp_permission_from_row (ImpRow *row)
{
  ImpPermission *permission = imp_permission_new ();

  for (int i = 0; i < N_TEXTS; i++)
    G_STRUCT_MEMBER (char *, permission, TEXTS[i].member) = g_strdup (imp_row_text (row, i));
  permission->identifiable = imp_row_integer (row, N_TEXTS) != 0;
  permission->state = IMP_PERMISSION_ENTERED_IN_ERROR;
  imp_permission_state_from_text (imp_row_text (row, N_TEXTS + 1), &permission->state);
  permission->withdrawn = g_strdup (imp_row_text (row, N_TEXTS + 2));
  permission->withdrawn_by = g_strdup (imp_row_text (row, N_TEXTS + 3));
  permission->withdrawn_channel = g_strdup (imp_row_text (row, N_TEXTS + 4));
  permission->withdrawn_partly = imp_row_integer (row, N_TEXTS + 5) != 0;
  permission->answered = g_strdup (imp_row_text (row, N_TEXTS + 6));
  return permission;
}

/**
 * imp_permission_insert_sql:
 *
 * Returns: (transfer full): the statement that records a permission, with the parameters of
 *   imp_permission_to_parameters()
 */
char *
imp_permission_insert_sql (void)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO permission (");

  for (int i = 0; i < N_TEXTS; i++)
    g_string_append_printf (sql, "%s, ", TEXTS[i].column);
  g_string_append (sql, "identifiable, state) VALUES (");
  for (int i = 0; i < N_TEXTS; i++)
    g_string_append_printf (sql, "?%d, ", i + 1);
  g_string_append_printf (sql, "?%d, ?%d)", N_TEXTS + 1, N_TEXTS + 2);
  return g_strdup (sql->str);
}

/**
 * imp_permission_update_sql:
 *
 * Returns: (transfer full): the statement that writes a permission anew, with the parameters of
 *   imp_permission_to_parameters(); the database refuses what may not change
 */
char *
imp_permission_update_sql (void)
{
  g_autoptr (GString) sql = g_string_new ("UPDATE permission SET ");

  for (int i = 1; i < N_TEXTS; i++)
    g_string_append_printf (sql, "%s = ?%d, ", TEXTS[i].column, i + 1);
  g_string_append_printf (sql, "identifiable = ?%d, state = ?%d WHERE id = ?1", N_TEXTS + 1,
                          N_TEXTS + 2);
  return g_strdup (sql->str);
}

/**
 * imp_permission_to_parameters:
 * @permission: a permission
 *
 * Returns: (transfer floating): the parameters of the two statements above
 */
GVariant *
imp_permission_to_parameters (const ImpPermission *permission)
{
  g_auto (GVariantBuilder) parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_TUPLE);

  for (int i = 0; i < N_TEXTS; i++)
    g_variant_builder_add (&parameters, "ms", get_text (permission, i));
  g_variant_builder_add (&parameters, "b", permission->identifiable);
  g_variant_builder_add (&parameters, "ms", imp_permission_state_to_text (permission->state));
  return g_variant_builder_end (&parameters);
}

/**
 * imp_permission_is_text:
 * @permission: a permission
 *
 * Returns: whether every text of it is UTF-8
 */
gboolean
imp_permission_is_text (const ImpPermission *permission)
{
  for (int i = 0; i < N_TEXTS; i++)
    if (get_text (permission, i) != NULL && !g_utf8_validate (get_text (permission, i), -1, NULL))
      return FALSE;
  return TRUE;
}

/**
 * imp_permission_tidy:
 * @permission: a permission
 *
 * Trims every text; an empty one is nothing. They are UTF-8 already.
 */
void
imp_permission_tidy (ImpPermission *permission)
{
  for (int i = 0; i < N_TEXTS; i++)
    {
      char **text = G_STRUCT_MEMBER_P (permission, TEXTS[i].member);

      if (*text != NULL && *g_strstrip (*text) == '\0')
        g_clear_pointer (text, g_free);
    }
}

/**
 * imp_permission_find_change:
 * @before: what is recorded
 * @after: what is to be recorded
 *
 * Returns: (transfer none) (nullable): the column that differs and may not in the state of @before,
 *   or %NULL where every change is allowed
 */
const char *
imp_permission_find_change (const ImpPermission *before, const ImpPermission *after)
{
  Freedom least = before->state == IMP_PERMISSION_DRAFT     ? TERM
                  : before->state == IMP_PERMISSION_OFFERED ? ANSWER
                                                            : PROOF;

  if (before->identifiable != after->identifiable && least != TERM)
    return "identifiable";
  for (int i = 0; i < N_TEXTS; i++)
    {
      const char *old = get_text (before, i);

      if (g_strcmp0 (old, get_text (after, i)) != 0
          && (TEXTS[i].freedom < least
              || (TEXTS[i].freedom == PROOF && least == PROOF && old != NULL)))
        return TEXTS[i].column;
    }
  return NULL;
}
