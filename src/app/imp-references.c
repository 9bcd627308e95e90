#include "imp-references.h"

#include <glib/gi18n.h>

#include "imp-keeping-parts.h"
#include "imp-widgets.h"
#include "imp-words.h"

/**
 * imp_references_show:
 * @list: a list box; what was in it goes
 * @info: a policy pack
 *
 * Lists what it follows: name, version and day of each source.
 */
void
imp_references_show (GtkWidget *list, const ImpPackInfo *info)
{
  GVariantIter iter;
  const char *name = NULL;
  const char *version = NULL;
  const char *day = NULL;

  imp_widgets_clear (list);
  if (info->references == NULL)
    return;
  g_variant_iter_init (&iter, info->references);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &version, &day))
    {
      g_autofree char *date = imp_words_date (day);
      g_autofree char *subtitle =
          *version != '\0' ? g_strdup_printf ("%s · %s", version, date != NULL ? date : day)
                           : g_strdup (date != NULL ? date : day);

      gtk_list_box_append (GTK_LIST_BOX (list), imp_keeping_new_row (name, subtitle));
    }
}

/**
 * imp_references_describe_review:
 * @info: a policy pack
 *
 * Returns: (transfer full) (nullable): that it should have been looked at again, where that is so
 */
char *
imp_references_describe_review (const ImpPackInfo *info)
{
  g_autofree char *day = imp_words_date (info->review_by);

  if (!info->review_due)
    return NULL;
  return g_strdup_printf (
      _ ("The policy was to be looked at again by %s: ask who is responsible for it."), day);
}
