#include "imp-verify-private.h"

#include <math.h>

#include <glib/gi18n.h>

/* A hostile file can hold millions of things that do not belong there: so many are listed. */
#define MAX_FINDINGS 200

static void
finding_free (gpointer data)
{
  ImpFinding *finding = data;

  g_free (finding->where);
  g_free (finding->what);
  g_free (finding);
}

/**
 * imp_verify_report_new:
 *
 * Returns: (transfer full): a report without findings, whose pixels have not been compared
 */
ImpVerifyReport *
imp_verify_report_new (void)
{
  ImpVerifyReport *report = g_new0 (ImpVerifyReport, 1);

  report->psnr = NAN;
  report->worst_psnr = NAN;
  report->findings = g_ptr_array_new_with_free_func (finding_free);
  return report;
}

/**
 * imp_verify_report_free:
 * @report: (transfer full) (nullable): a report
 */
void
imp_verify_report_free (ImpVerifyReport *report)
{
  if (report == NULL)
    return;
  g_free (report->format);
  g_free (report->sha256);
  g_clear_pointer (&report->decoded, imp_raster_unref);
  g_ptr_array_unref (report->findings);
  g_free (report);
}

/**
 * imp_verify_add:
 * @findings: (element-type ImpFinding): where to add it
 * @where: (transfer full): the place
 * @what: (transfer full): a sentence that repeats nothing of what stands there
 *
 * Adds a finding. After the two hundredth only one more is added, which says that there are more.
 */
void
imp_verify_add (GPtrArray *findings, char *where, char *what)
{
  ImpFinding *finding = NULL;

  if (findings->len > MAX_FINDINGS)
    {
      g_free (where);
      g_free (what);
      return;
    }
  finding = g_new0 (ImpFinding, 1);
  finding->where = where;
  finding->what = what;
  if (findings->len == MAX_FINDINGS)
    {
      g_free (finding->what);
      finding->what = g_strdup (_ ("There is more from here on, which is not listed."));
    }
  g_ptr_array_add (findings, finding);
}
