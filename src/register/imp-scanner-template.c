#include "imp-scanner-template.h"

G_DEFINE_BOXED_TYPE (ImpScannerTemplate, imp_scanner_template, imp_scanner_template_copy,
                     imp_scanner_template_free)

/**
 * imp_scanner_template_new:
 *
 * Returns: (transfer full): a template of nothing, without boxes
 */
ImpScannerTemplate *
imp_scanner_template_new (void)
{
  ImpScannerTemplate *scanner = g_new0 (ImpScannerTemplate, 1);

  scanner->boxes = g_array_new (FALSE, FALSE, sizeof (ImpTemplateBox));
  return scanner;
}

/**
 * imp_scanner_template_copy:
 * @scanner: a template
 *
 * Returns: (transfer full): a copy
 */
ImpScannerTemplate *
imp_scanner_template_copy (const ImpScannerTemplate *scanner)
{
  ImpScannerTemplate *copy = g_memdup2 (scanner, sizeof *scanner);

  copy->id = g_strdup (scanner->id);
  copy->name = g_strdup (scanner->name);
  copy->manufacturer = g_strdup (scanner->manufacturer);
  copy->model = g_strdup (scanner->model);
  copy->station = g_strdup (scanner->station);
  copy->changed = g_strdup (scanner->changed);
  copy->boxes = g_array_copy (scanner->boxes);
  return copy;
}

/**
 * imp_scanner_template_free:
 * @scanner: (transfer full) (nullable): a template
 */
void
imp_scanner_template_free (ImpScannerTemplate *scanner)
{
  if (scanner == NULL)
    return;
  g_free (scanner->id);
  g_free (scanner->name);
  g_free (scanner->manufacturer);
  g_free (scanner->model);
  g_free (scanner->station);
  g_free (scanner->changed);
  g_array_unref (scanner->boxes);
  g_free (scanner);
}
