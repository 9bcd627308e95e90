#include "imp-clock-notice.h"

#include "imp-gate-work.h"
#include "imp-keeping.h"

static gboolean
read_clock (ImpGate *gate, gpointer data, GError **error)
{
  char **text = data;
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;

  if (!imp_gate_check_clock_sync (gate, &now, &newest, error))
    return FALSE;
  *text = newest != NULL ? imp_gate_describe_clock (now, newest) : NULL;
  return TRUE;
}

static void
text_free (gpointer data)
{
  g_free (*(char **)data);
  g_free (data);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpNotice) notice = IMP_NOTICE (user_data);
  g_autoptr (GError) error = NULL;

  if (imp_gate_work_finish (result, &error))
    imp_notice_set (notice, IMP_NOTICE_WARNING, *(char **)imp_gate_work_get_data (result));
  else
    imp_notice_show_error (notice, error);
}

/**
 * imp_clock_notice_refresh:
 * @notice: where it is said
 * @gate: (nullable): the gate; %NULL while the register is locked
 *
 * Looks in a worker, and shows or hides the notice.
 */
void
imp_clock_notice_refresh (ImpNotice *notice, ImpGate *gate)
{
  imp_notice_set (notice, IMP_NOTICE_WARNING, NULL);
  if (gate != NULL)
    imp_gate_work_async (gate, read_clock, g_new0 (char *, 1), text_free, on_read,
                         g_object_ref (notice));
}
