#include "imp-packs-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-file-dialog.h"
#include "imp-gate-work.h"
#include "imp-keeping-guidance.h"
#include "imp-keeping-parts.h"
#include "imp-packs-report.h"
#include "imp-packs-work.h"
#include "imp-references.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpPacksPage
{
  AdwPreferencesPage parent_instance;

  /* Children */
  ImpNotice *notice;
  ImpNotice *review;
  GtkWidget *pack_rows;
  GtkWidget *read; /* a group: the pack that was read from a file */
  GtkWidget *read_rows;
  GtkWidget *report; /* a group: what another pack would have said */
  GtkWidget *report_rows;
  GtkWidget *local_policy;
  GtkWidget *review_by;
  GtkWidget *reference_rows;

  ImpGate *gate;   /* owned */
  gboolean filled; /* the site's settings are in their entries */
  GBytes *json;    /* owned, nullable: of the pack that was read from a file */
};

G_DEFINE_FINAL_TYPE (ImpPacksPage, imp_packs_page, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is there ---- */

static GtkWidget *
new_pack_row (const ImpPackInfo *info)
{
  const char *title = info->title != NULL ? info->title : info->id;
  g_autofree char *name = g_strdup_printf (_ ("%s, version %s"), info->id, info->version);
  g_autofree char *subtitle =
      info->summary != NULL
          ? g_strdup_printf ("%s\n%s", name, info->summary)
          : g_strdup_printf (_ ("%s\nThis program cannot read it any more"), name);
  GtkWidget *row = imp_keeping_new_row (title, subtitle);

  if (info->in_force)
    {
      GtkWidget *tag = gtk_label_new (_ ("In force"));

      gtk_widget_add_css_class (tag, "used-tag");
      gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), tag);
    }
  else if (info->title != NULL)
    {
      imp_keeping_add_button (row, _ ("What if…"), "packs.what-if", info->hash);
      imp_keeping_add_button (row, _ ("Use it…"), "packs.use", info->hash);
    }
  return row;
}

static void
show_facts (ImpPacksPage *self, const ImpPacksFacts *facts)
{
  g_autofree char *review_by = imp_words_date (facts->review_by);

  imp_widgets_clear (self->pack_rows);
  imp_notice_set (self->review, IMP_NOTICE_WARNING, NULL);
  for (guint i = 0; i < facts->packs->len; i++)
    {
      const ImpPackInfo *info = g_ptr_array_index (facts->packs, i);
      g_autofree char *review = NULL;

      gtk_list_box_append (GTK_LIST_BOX (self->pack_rows), new_pack_row (info));
      if (!info->in_force)
        continue;
      review = imp_references_describe_review (info);
      imp_references_show (self->reference_rows, info);
      imp_notice_set (self->review, IMP_NOTICE_WARNING, review);
    }
  if (self->filled) /* somebody may be typing */
    return;
  self->filled = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->local_policy),
                         facts->local_policy != NULL ? facts->local_policy : "");
  gtk_editable_set_text (GTK_EDITABLE (self->review_by), review_by != NULL ? review_by : "");
}

static void
on_facts_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPacksPage) self = IMP_PACKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (imp_gate_work_finish (result, &error))
    show_facts (self, imp_gate_work_get_data (result));
  else
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
}

static void
refresh (ImpPacksPage *self)
{
  imp_gate_work_async (self->gate, imp_packs_facts_read, g_new0 (ImpPacksFacts, 1),
                       imp_packs_facts_free, on_facts_read, g_object_ref (self));
}

/* ---- a choice ---- */

static void
on_used (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPacksPage) self = IMP_PACKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  const ImpPacksChoice *choice = imp_gate_work_get_data (result);

  if (!imp_gate_work_finish (result, &error))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      return;
    }
  imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS,
                   choice->setting != NULL
                       ? _ ("Saved for this site.")
                       : _ ("The policy pack is in force, for everybody who uses this register."));
  gtk_widget_set_visible (self->read, FALSE);
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
use (ImpPacksPage *self, ImpPacksChoice *choice)
{
  imp_gate_work_async (self->gate, imp_packs_choice_use, choice, imp_packs_choice_free, on_used,
                       g_object_ref (self));
}

typedef struct
{
  ImpPacksPage *page;
  char *hash;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_object_unref (wanted->page);
  g_free (wanted->hash);
  g_free (wanted);
}

static void
on_use_confirmed (const char *const *texts, gpointer user_data)
{
  Wanted *wanted = user_data;
  gboolean own = wanted->hash[0] == '\0';

  use (wanted->page,
       imp_packs_choice_new (own ? NULL : wanted->hash, own ? wanted->page->json : NULL));
}

/* The target: a pack's hash, or "" for the one that was read from a file. */
static void
act_use (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ImpTextDialog dialog = {
    .heading = _ ("Decide by this policy pack?"),
    .body = _ ("It is in force at once, for everybody who uses this register. Look first at what "
               "it would have said of past exports. Those stay as they are."),
    .verb = _ ("_Put in force"),
    .destructive = TRUE,
  };
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->page = g_object_ref (IMP_PACKS_PAGE (widget));
  wanted->hash = g_variant_dup_string (parameter, NULL);
  imp_text_dialog_open (widget, &dialog, on_use_confirmed, wanted, wanted_free);
}

static void
set_setting (ImpPacksPage *self, const char *setting, const char *value)
{
  ImpPacksChoice *choice = imp_packs_choice_new (NULL, NULL);

  choice->setting = g_strdup (setting);
  choice->value = g_strdup (value);
  use (self, choice);
}

static void
on_local_policy_applied (GtkWidget *row, ImpPacksPage *self)
{
  g_autofree char *text = imp_widgets_get_text (row);

  set_setting (self, "local-policy-reference", text);
}

static void
on_review_applied (GtkWidget *row, ImpPacksPage *self)
{
  g_autofree char *text = imp_widgets_get_text (row);
  g_autofree char *day = text != NULL ? imp_words_parse_date (text) : NULL;

  if (text != NULL && day == NULL)
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR,
                     _ ("The day is not a date: type it like 4 Mar 2026."));
  else
    set_setting (self, "policy-review-by", day);
}

/* ---- a pack of the site's own ---- */

static void
show_read (ImpPacksPage *self, const ImpPacksChoice *choice)
{
  guint n_weak = g_strv_length (choice->weaknesses);
  g_autofree char *name =
      g_strdup_printf (_ ("%s, version %s"), choice->info->id, choice->info->version);
  GtkWidget *row = imp_keeping_new_row (choice->info->title, name);

  imp_widgets_clear (self->read_rows);
  g_clear_pointer (&self->json, g_bytes_unref);
  if (n_weak == 0)
    {
      self->json = g_bytes_ref (choice->json);
      imp_keeping_add_button (row, _ ("What if…"), "packs.what-if", "");
      imp_keeping_add_button (row, _ ("Use it…"), "packs.use", "");
      imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS,
                       _ ("The policy pack can be used. Nothing was changed yet."));
    }
  else
    imp_keeping_say (
        self->notice, IMP_NOTICE_ERROR,
        _ ("The policy pack is weaker than the program allows, so it cannot be used."));
  gtk_list_box_append (GTK_LIST_BOX (self->read_rows), row);
  for (guint i = 0; i < n_weak; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->read_rows),
                         imp_keeping_new_row (choice->weaknesses[i], NULL));
  gtk_widget_set_visible (self->read, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPacksPage) self = IMP_PACKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (imp_gate_work_finish (result, &error))
    show_read (self, imp_gate_work_get_data (result));
  else
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
}

static void
on_file_chosen (GFile *file, gpointer user_data)
{
  ImpPacksPage *self = IMP_PACKS_PAGE (user_data);
  ImpPacksChoice *choice = imp_packs_choice_new (NULL, NULL);

  choice->file = g_object_ref (file);
  gtk_widget_set_visible (self->read, FALSE);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, _ ("The policy pack is being tried…"));
  imp_gate_work_async (self->gate, imp_packs_choice_read, choice, imp_packs_choice_free, on_read,
                       g_object_ref (self));
}

static void
act_load (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose a policy pack"), NULL,
                        on_file_chosen, g_object_ref (widget), g_object_unref);
}

/* ---- what if ---- */

static void
on_judged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPacksPage) self = IMP_PACKS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) report = imp_gate_what_if_finish (IMP_GATE (source), result, &error);
  g_autofree char *summary = NULL;

  if (report == NULL)
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      return;
    }
  summary = imp_packs_report_fill (GTK_LIST_BOX (self->report_rows), report);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, summary);
  gtk_widget_set_visible (self->report, gtk_widget_get_first_child (self->report_rows) != NULL);
}

static void
act_what_if (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPacksPage *self = IMP_PACKS_PAGE (widget);
  const char *hash = g_variant_get_string (parameter, NULL);
  gboolean own = hash[0] == '\0';

  gtk_widget_set_visible (self->report, FALSE);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION,
                   _ ("Past exports are being judged again…"));
  imp_gate_what_if_async (self->gate, own ? NULL : hash, own ? self->json : NULL, NULL, on_judged,
                          g_object_ref (self));
}

/* ---- object ---- */

static void
imp_packs_page_dispose (GObject *object)
{
  ImpPacksPage *self = IMP_PACKS_PAGE (object);

  g_clear_object (&self->gate);
  g_clear_pointer (&self->json, g_bytes_unref);
  G_OBJECT_CLASS (imp_packs_page_parent_class)->dispose (object);
}

static void
imp_packs_page_class_init (ImpPacksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_packs_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "packs.load", NULL, act_load);
  gtk_widget_class_install_action (widget_class, "packs.use", "s", act_use);
  gtk_widget_class_install_action (widget_class, "packs.what-if", "s", act_what_if);
}

static GtkWidget *
add_entry (ImpPacksPage *self, GtkWidget *group, const char *title, GCallback callback)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  imp_widgets_set_name (row, title);
  g_signal_connect (row, "apply", callback, self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
imp_packs_page_init (ImpPacksPage *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  GtkWidget *group = NULL;

  self->review = imp_keeping_add_notice (page);
  self->notice = imp_keeping_add_notice (page);
  group = imp_keeping_add_group (page, _ ("Policy packs"),
                                 _ ("The decision table. None can let out what the program itself "
                                    "refuses."));
  self->pack_rows = imp_keeping_add_list (group);
  group = imp_keeping_add_group (page, NULL, NULL);
  imp_keeping_add_act (group, _ ("A pack of this site’s own"),
                       _ ("It is tried first with everything that may not leave"), _ ("_Load…"),
                       "packs.load");
  self->read = imp_keeping_add_group (page, _ ("The pack that was loaded"), NULL);
  self->read_rows = imp_keeping_add_list (self->read);
  self->report = imp_keeping_add_group (
      page, _ ("What it would have said"),
      _ ("Of past exports, on what was done for them then. Nothing is changed by this."));
  self->report_rows = imp_keeping_add_list (self->report);
  gtk_widget_set_visible (self->read, FALSE);
  gtk_widget_set_visible (self->report, FALSE);
  group = imp_keeping_add_group (page, _ ("This site’s policy on social media"),
                                 _ ("Without it nothing goes to social media."));
  self->local_policy = add_entry (self, group, _ ("Title or number, and date"),
                                  G_CALLBACK (on_local_policy_applied));
  self->review_by =
      add_entry (self, group, _ ("To be looked at again by"), G_CALLBACK (on_review_applied));
  group = imp_keeping_add_group (page, _ ("The guidance that the pack in force follows"), NULL);
  self->reference_rows = imp_keeping_add_list (group);
}

/**
 * imp_packs_page_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
imp_packs_page_new (ImpGate *gate)
{
  ImpPacksPage *self = g_object_new (IMP_TYPE_PACKS_PAGE, NULL);

  self->gate = g_object_ref (gate);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self),
                            ADW_PREFERENCES_GROUP (imp_keeping_guidance_new (gate)));
  refresh (self);
  return GTK_WIDGET (self);
}
