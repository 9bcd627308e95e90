#include "imp-set-cases.h"

#include <glib/gi18n.h>

#include "imp-register-teaching.h"

struct _ImpSetCases
{
  GHashTable *by_id;  /* owned: gint64 → ImpTeachingCase */
  GHashTable *pulled; /* owned: ids of those of which a picture is asked back */
};

/**
 * imp_set_cases_new:
 * @gate: the gate
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): all cases as they are now, or %NULL with %IMP_ERROR_REFUSED,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpSetCases *
imp_set_cases_new (ImpGate *gate, GError **error)
{
  g_autoptr (GHashTable) pulled = imp_gate_list_retired_cases_sync (gate, error);
  g_autoptr (GPtrArray) listed =
      pulled != NULL ? imp_register_list_teaching_cases (imp_gate_get_register (gate), NULL, error)
                     : NULL;
  ImpSetCases *cases = NULL;

  if (listed == NULL)
    return NULL;
  cases = g_new0 (ImpSetCases, 1);
  cases->pulled = g_steal_pointer (&pulled);
  cases->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                        (GDestroyNotify)imp_teaching_case_free);
  for (guint i = 0; i < listed->len; i++)
    {
      const ImpTeachingCase *teaching = g_ptr_array_index (listed, i);

      g_hash_table_insert (cases->by_id, g_memdup2 (&teaching->id, sizeof teaching->id),
                           imp_teaching_case_copy (teaching));
    }
  return cases;
}

/**
 * imp_set_cases_free:
 * @cases: (transfer full) (nullable): cases
 */
void
imp_set_cases_free (ImpSetCases *cases)
{
  if (cases == NULL)
    return;
  g_hash_table_unref (cases->by_id);
  g_hash_table_unref (cases->pulled);
  g_free (cases);
}

/* place: (out): from 1. */
static const ImpTeachingImage *
find_in_case (const ImpTeachingCase *teaching, gint64 item_id, guint *place)
{
  for (guint i = 0; teaching != NULL && i < teaching->images->len; i++)
    {
      const ImpTeachingImage *image = g_ptr_array_index (teaching->images, i);

      *place = i + 1;
      if (image->item_id == item_id)
        return image;
    }
  return NULL;
}

static const ImpTeachingImage *
find_image (const ImpSetCases *cases, const ImpCurationItem *item, const ImpTeachingCase **teaching,
            guint *place)
{
  *teaching = g_hash_table_lookup (cases->by_id, &item->case_id);
  return find_in_case (*teaching, item->id, place);
}

/**
 * imp_set_cases_is_current:
 * @cases: all cases as they were
 * @gate: the gate
 * @item: a picture as it was
 * @now: the same as it is now
 *
 * Returns: whether it would leave with the same words under the same name
 */
gboolean
imp_set_cases_is_current (const ImpSetCases *cases, ImpGate *gate, const ImpCurationItem *item,
                          const ImpCurationItem *now)
{
  const ImpTeachingCase *teaching = NULL;
  g_autoptr (ImpTeachingCase) anew =
      now->case_id != 0
          ? imp_register_get_teaching_case (imp_gate_get_register (gate), now->case_id, NULL)
          : NULL;
  guint place = 0;
  guint place_now = 0;
  const ImpTeachingImage *image = find_image (cases, item, &teaching, &place);
  const ImpTeachingImage *image_now = find_in_case (anew, now->id, &place_now);

  if (item->case_id != now->case_id)
    return FALSE;
  if (image == NULL || image_now == NULL)
    return item->case_id == 0;
  return place == place_now && g_str_equal (image->caption, image_now->caption)
         && g_str_equal (image->alt, image_now->alt);
}

/**
 * imp_set_cases_make_name:
 * @cases: all cases
 * @item: a picture
 *
 * Returns: (transfer full): the name of its file: nothing in it says whose it is
 */
char *
imp_set_cases_make_name (const ImpSetCases *cases, const ImpCurationItem *item)
{
  const ImpTeachingCase *teaching = NULL;
  guint place = 0;

  if (find_image (cases, item, &teaching, &place) != NULL)
    return g_strdup_printf ("%s-%u.png", teaching->number, place);
  return g_strdup_printf ("picture-%ld.png", (long)item->id);
}

/**
 * imp_set_cases_add_words:
 * @cases: all cases
 * @item: a picture
 * @request: for it
 *
 * Says in @request what travels with the picture.
 */
void
imp_set_cases_add_words (const ImpSetCases *cases, const ImpCurationItem *item, ImpRequest *request)
{
  const ImpTeachingCase *teaching = NULL;
  guint place = 0;
  const ImpTeachingImage *image = find_image (cases, item, &teaching, &place);

  if (image == NULL)
    return;
  imp_request_set_words (request, *image->caption != '\0' ? image->caption : NULL);
  imp_request_set_alt (request, *image->alt != '\0' ? image->alt : NULL);
}

/**
 * imp_set_cases_judge:
 * @cases: all cases
 * @gate: the gate
 * @item: a picture
 * @request: for it
 * @origin: who asks
 * @reasons: (element-type ImpReason): where reasons go
 * @error: where to put the error
 *
 * Returns: whether the gate could judge
 */
gboolean
imp_set_cases_judge (const ImpSetCases *cases, ImpGate *gate, const ImpCurationItem *item,
                     ImpRequest *request, ImpOrigin origin, GPtrArray *reasons, GError **error)
{
  const ImpTeachingCase *teaching = NULL;
  guint place = 0;

  if (find_image (cases, item, &teaching, &place) == NULL)
    return TRUE;
  if (g_hash_table_contains (cases->pulled, &item->case_id))
    {
      g_autofree char *reason =
          g_strdup_printf (_ ("Case %s has a picture that is asked back."), teaching->number);

      g_ptr_array_add (reasons, imp_reason_new ("teaching:retired", IMP_OUTCOME_REFUSE, reason,
                                                _ ("UK GDPR Article 7(3)"),
                                                _ ("Take that picture out of the case.")));
    }
  return imp_gate_judge_teaching_sync (gate, teaching, request, origin, reasons, error);
}
