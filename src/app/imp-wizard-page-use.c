#include "imp-wizard-page-use.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpWizardPageUse
{
  ImpWizardPage parent_instance;

  /* Children of the page */
  GtkWidget *group;
  ImpNotice *missing;
  GPtrArray *buttons; /* one check button for each destination */
  GtkWidget *policy;  /* what decides */
  ImpNotice *review;  /* that it is past its review */

  GStrv destinations;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpWizardPageUse, imp_wizard_page_use, IMP_TYPE_WIZARD_PAGE)

static void
on_toggled (GtkCheckButton *button, ImpWizardPageUse *self)
{
  ImpWizardSession *session = imp_wizard_page_get_session (IMP_WIZARD_PAGE (self));

  if (self->updating || !gtk_check_button_get_active (button))
    return;
  for (guint i = 0; i < self->buttons->len; i++)
    if (g_ptr_array_index (self->buttons, i) == button)
      imp_wizard_session_set_destination (session, self->destinations[i]);
}

static void
add_row (ImpWizardPageUse *self, const char *destination)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), imp_words_destination (destination));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), imp_words_audience (destination));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  imp_widgets_set_name (button, imp_words_destination (destination));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  imp_words_audience (destination), -1);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->buttons, button);
}

static void
fill (ImpWizardPageUse *self, ImpGate *gate)
{
  if (self->buttons->len > 0 || gate == NULL)
    return;
  self->destinations = g_strdupv ((char **)imp_gate_get_destinations (gate));
  for (gsize i = 0; self->destinations[i] != NULL; i++)
    add_row (self, self->destinations[i]);
}

/* The policy is seen before anything is decided by it (policy.md article row 21). */
static void
show_policy (ImpWizardPageUse *self, ImpGate *gate)
{
  g_autofree char *due = gate != NULL ? imp_gate_get_review_due (gate) : NULL;
  g_autofree char *day = due != NULL ? imp_words_date (due) : NULL;
  g_autofree char *text =
      day != NULL ? g_strdup_printf (_ ("The policy was to be looked at again by %s. Ask whoever "
                                        "keeps it."),
                                     day)
                  : NULL;

  gtk_widget_set_visible (self->policy, gate != NULL);
  if (gate != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->policy), imp_gate_get_pack_title (gate));
  imp_notice_set (self->review, IMP_NOTICE_WARNING, text);
}

static void
imp_wizard_page_use_refresh (ImpWizardPage *page)
{
  ImpWizardPageUse *self = IMP_WIZARD_PAGE_USE (page);
  ImpWizardSession *session = imp_wizard_page_get_session (page);
  const char *destination = imp_wizard_session_get_destination (session);

  fill (self, imp_wizard_session_get_gate (session));
  show_policy (self, imp_wizard_session_get_gate (session));
  self->updating = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->buttons, i),
                                 g_strcmp0 (destination, self->destinations[i]) == 0);
  self->updating = FALSE;
  if (destination != NULL)
    imp_notice_set (self->missing, IMP_NOTICE_WARNING, NULL);
  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_use_parent_class)->refresh (page);
}

static gboolean
imp_wizard_page_use_is_needed (ImpWizardPage *page)
{
  return TRUE;
}

static gboolean
imp_wizard_page_use_check (ImpWizardPage *page)
{
  ImpWizardPageUse *self = IMP_WIZARD_PAGE_USE (page);

  if (imp_wizard_session_get_destination (imp_wizard_page_get_session (page)) == NULL)
    {
      imp_notice_set (self->missing, IMP_NOTICE_WARNING, _ ("Choose where it is going."));
      if (self->buttons->len > 0)
        gtk_widget_grab_focus (g_ptr_array_index (self->buttons, 0));
      return FALSE;
    }
  return IMP_WIZARD_PAGE_CLASS (imp_wizard_page_use_parent_class)->check (page);
}

static void
imp_wizard_page_use_finalize (GObject *object)
{
  ImpWizardPageUse *self = IMP_WIZARD_PAGE_USE (object);

  g_ptr_array_unref (self->buttons);
  g_strfreev (self->destinations);
  G_OBJECT_CLASS (imp_wizard_page_use_parent_class)->finalize (object);
}

static void
imp_wizard_page_use_class_init (ImpWizardPageUseClass *klass)
{
  ImpWizardPageClass *page_class = IMP_WIZARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = imp_wizard_page_use_finalize;
  page_class->refresh = imp_wizard_page_use_refresh;
  page_class->is_needed = imp_wizard_page_use_is_needed;
  page_class->check = imp_wizard_page_use_check;
}

static void
imp_wizard_page_use_init (ImpWizardPageUse *self)
{
  self->buttons = g_ptr_array_new ();
}

/**
 * imp_wizard_page_use_new:
 * @session: what has been said so far
 *
 * Returns: (transfer floating): the page of destinations
 */
GtkWidget *
imp_wizard_page_use_new (ImpWizardSession *session)
{
  ImpWizardPageUse *self = g_object_new (IMP_TYPE_WIZARD_PAGE_USE, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);
  GtkWidget *rules = NULL;

  imp_wizard_page_construct (page, session, "use", _ ("Where is it going, and why?"),
                             _ ("One place. Another place is another export."));
  self->group = adw_preferences_group_new ();
  imp_wizard_page_add (page, self->group);
  self->missing = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  imp_wizard_page_add (page, GTK_WIDGET (self->missing));
  rules = adw_preferences_group_new ();
  self->policy = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->policy), _ ("Policy that decides"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->policy), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->policy), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (rules), self->policy);
  imp_wizard_page_add (page, rules);
  self->review = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  imp_wizard_page_add (page, GTK_WIDGET (self->review));
  return GTK_WIDGET (self);
}
