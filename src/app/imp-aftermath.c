#include "imp-aftermath.h"

#include <glib/gi18n.h>

#include "gate-trace.h"

static gboolean
is_about (const ImpCopy *copy, const ImpWithdrawn *withdrawn)
{
  return withdrawn->is_objection
         || (copy->permission_id != NULL
             && g_strv_contains ((const char *const *)withdrawn->ids, copy->permission_id));
}

/**
 * imp_aftermath_show:
 * @notice: where it is said
 * @withdrawn: what was just withdrawn
 * @copies: (element-type ImpCopy): what of the person is out there
 *
 * What is still out there, and whom to ask: the end of a withdrawal is the beginning of that.
 */
void
imp_aftermath_show (ImpNotice *notice, const ImpWithdrawn *withdrawn, GPtrArray *copies)
{
  const char *done = withdrawn->is_objection ? _ ("Recorded.") : _ ("Withdrawn.");
  g_autofree char *text = NULL;
  guint n_out = 0;
  guint n_tasks = 0;

  for (guint i = 0; i < copies->len; i++)
    {
      const ImpCopy *copy = g_ptr_array_index (copies, i);

      if (!is_about (copy, withdrawn))
        continue;
      n_out++;
      if (copy->task_reason != NULL)
        n_tasks++;
    }
  if (n_out == 0)
    text = g_strdup_printf (_ ("%s No picture that left under it is known to be out there."), done);
  else
    {
      g_autofree char *out =
          g_strdup_printf (g_dngettext (NULL, "%u picture is still out there",
                                        "%u pictures are still out there", n_out),
                           n_out);
      g_autofree char *tasks =
          g_strdup_printf (g_dngettext (NULL, "%u takedown task was opened",
                                        "%u takedown tasks were opened", n_tasks),
                           n_tasks);

      text = g_strdup_printf (_ ("%s %s, and %s."), done, out, tasks);
    }
  imp_notice_set (notice, n_out > 0 ? IMP_NOTICE_WARNING : IMP_NOTICE_SUCCESS, text);
  imp_notice_set_button (notice, n_out > 0 ? _ ("What is out there") : NULL);
}
