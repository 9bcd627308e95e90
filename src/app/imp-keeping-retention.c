#include "imp-keeping-retention.h"

#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-gate-work.h"
#include "imp-keeping-acts.h"
#include "imp-keeping-parts.h"
#include "imp-keeping-second.h"
#include "imp-keeping.h"
#include "imp-person-card.h"
#include "imp-register-work.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-words.h"

#define MOST_DUE 200
#define ID "imp-person-id"

struct _ImpKeepingRetention
{
  AdwPreferencesPage parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *due_rows;
  GtkWidget *years;
  GtkWidget *child_age;
  GtkWidget *number;
  GtkWidget *exemption;
  GtkWidget *agreed;

  ImpGate *gate;         /* owned */
  char *erasing;         /* owned, nullable: the number whose record is to go, or to be kept */
  char *exemption_given; /* owned, nullable: why it is to be kept; else it goes */
};

G_DEFINE_FINAL_TYPE (ImpKeepingRetention, imp_keeping_retention, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is due ---- */

static GtkWidget *
new_due_row (const ImpKeepingDue *due)
{
  g_autofree char *last = imp_words_date (due->retention->last);
  g_autofree char *day = imp_words_date (due->retention->due);
  g_autofree char *subtitle =
      due->retention->n_copies > 0
          ? g_strdup_printf (g_dngettext (NULL, "Kept: %u picture can still be seen. Due since %s",
                                          "Kept: %u pictures can still be seen. Due since %s",
                                          due->retention->n_copies),
                             due->retention->n_copies, day)
          : g_strdup_printf (_ ("Last used %s, due since %s"), last, day);
  GtkWidget *row = imp_keeping_new_row (due->person, subtitle);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (check, due->retention->n_copies == 0);
  imp_widgets_set_name (check, due->person);
  g_object_set_data_full (G_OBJECT (check), ID, g_strdup (due->retention->person_id), g_free);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "imp-check", check);
  return row;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingRetention) self = IMP_KEEPING_RETENTION (user_data);
  g_autoptr (GError) error = NULL;
  const ImpKeepingFacts *facts = imp_gate_work_get_data (result);

  if (!imp_gate_work_finish (result, &error))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      return;
    }
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->years), facts->years);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->child_age), facts->child_age);
  imp_widgets_clear (self->due_rows);
  for (guint i = 0; i < facts->due->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->due_rows),
                         new_due_row (g_ptr_array_index (facts->due, i)));
  if (facts->due->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (self->due_rows),
                         imp_keeping_new_row (_ ("Nobody’s record is due"), NULL));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retention.purge", facts->due->len > 0);
}

static void
refresh (ImpKeepingRetention *self)
{
  imp_gate_work_async (self->gate, imp_keeping_facts_read, imp_keeping_facts_new (MOST_DUE),
                       imp_keeping_facts_free, on_read, g_object_ref (self));
}

/* ---- acts ---- */

static void on_erasure_agreed (ImpSecond *second, gpointer object);

/* The gate has said no to one person alone. */
static void
ask_second (ImpKeepingRetention *self, const ImpKeepingAct *act)
{
  g_autofree char *body = g_strdup_printf (
      _ ("%s\n\nTo erase this record all the same takes another keeper or an approver, and ends "
         "the reason for which it is kept."),
      act->whose);

  imp_keeping_second_ask (GTK_WIDGET (self), _ ("Erase a record that is kept?"), body, _ ("_Erase"),
                          on_erasure_agreed, self);
}

static void
on_users_wanted (GtkWidget *notice)
{
  GtkWidget *window = gtk_widget_get_ancestor (notice, ADW_TYPE_PREFERENCES_WINDOW);

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "users");
}

/* Where there are no users, nobody has a PIN to agree with. */
static void
say_users_are_needed (ImpKeepingRetention *self)
{
  imp_keeping_say (self->notice, IMP_NOTICE_WARNING,
                   _ ("This record is kept for a reason of the law, or may be. To erase it takes "
                      "two people, and this register has no users: add them first."));
  imp_notice_set_button (self->notice, _ ("Users"));
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingRetention) self = IMP_KEEPING_RETENTION (user_data);
  g_autoptr (GError) error = NULL;
  const ImpKeepingAct *act = imp_gate_work_get_data (result);

  if (!imp_gate_work_finish (result, &error))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      if (act->takes_two && act->has_users)
        ask_second (self, act);
      else if (act->takes_two)
        say_users_are_needed (self);
      return;
    }
  imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS, act->said);
  gtk_editable_set_text (GTK_EDITABLE (self->number), "");
  gtk_editable_set_text (GTK_EDITABLE (self->agreed), "");
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start (ImpKeepingRetention *self, ImpKeepingAct *act)
{
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, _ ("This takes a moment…"));
  imp_notice_set_button (self->notice, NULL);
  imp_gate_work_async (self->gate, imp_keeping_act_run, act, imp_keeping_act_free, on_acted,
                       g_object_ref (self));
}

static void
on_erasure_agreed (ImpSecond *second, gpointer object)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (object);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_ERASE);

  act->second = second;
  act->number = g_strdup (self->erasing);
  start (self, act);
}

static GStrv
list_ticked (ImpKeepingRetention *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->due_rows), i)) != NULL;
       i++)
    {
      GtkWidget *check = g_object_get_data (G_OBJECT (row), "imp-check");

      if (check != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_strv_builder_add (builder, g_object_get_data (G_OBJECT (check), ID));
    }
  return g_strv_builder_end (builder);
}

static void
on_purge_agreed (ImpSecond *second, gpointer object)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (object);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_PURGE);

  act->second = second;
  act->ids = list_ticked (self);
  start (self, act);
}

static void
act_purge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (widget);
  g_auto (GStrv) ids = list_ticked (self);
  guint n = g_strv_length (ids);
  g_autofree char *heading = NULL;

  if (n == 0)
    {
      imp_keeping_say (self->notice, IMP_NOTICE_WARNING, _ ("Tick first whose record is to go."));
      return;
    }
  heading = g_strdup_printf (g_dngettext (NULL, "Purge %u record?", "Purge %u records?", n), n);
  imp_keeping_say (self->notice, IMP_NOTICE_ERROR, NULL);
  imp_keeping_second_ask (widget, heading,
                          _ ("All of them go, or none: names, permissions, evidence and words of "
                             "history, for good. It takes another keeper or an approver."),
                          _ ("_Purge"), on_purge_agreed, self);
}

static void
act_set_years (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (widget);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_SET_YEARS);

  act->years = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->years));
  act->child_age = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->child_age));
  start (self, act);
}

static gboolean
has_number (ImpKeepingRetention *self, GtkWidget *row)
{
  g_autofree char *number = imp_widgets_get_text (row);

  imp_keeping_say (self->notice, IMP_NOTICE_WARNING,
                   number == NULL ? _ ("Type the person’s number first.") : NULL);
  if (number == NULL)
    gtk_widget_grab_focus (row);
  return number != NULL;
}

static void
on_keep_confirmed (const char *const *texts, gpointer user_data)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (user_data);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_KEEP);

  act->number = g_strdup (self->erasing);
  act->exemption = g_strdup (self->exemption_given);
  start (self, act);
}

/* Likewise: that somebody else's is kept by mistake takes two people to mend. */
static void
ask_keep (ImpKeepingRetention *self, const ImpPerson *person)
{
  g_autofree char *summary = imp_person_card_summary (person);
  g_autofree char *body = g_strdup_printf (
      _ ("%s\n%s\n\nThe record is neither erased nor purged while the reason of the law holds. To "
         "end that takes two people."),
      person->name != NULL ? person->name : _ ("No name on record"), summary);
  const ImpTextDialog dialog = {
    .heading = _ ("Keep this record although asked?"),
    .body = body,
    .verb = _ ("_Keep it"),
  };

  imp_text_dialog_open (GTK_WIDGET (self), &dialog, on_keep_confirmed, g_object_ref (self),
                        g_object_unref);
}

static void
on_erase_confirmed (const char *const *texts, gpointer user_data)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (user_data);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_ERASE);

  act->number = g_strdup (self->erasing);
  start (self, act);
}

/* A number with a wrong digit may be somebody else's: it is said whose record goes. In the text, as
 * the heading is the window's title. */
static void
ask_erase (ImpKeepingRetention *self, const ImpPerson *person)
{
  g_autofree char *summary = imp_person_card_summary (person);
  g_autofree char *body = g_strdup_printf (
      _ ("%s\n%s\n\nName, permissions, evidence and words of history go for good. What stays: a "
         "keyed hash of each number, so that nothing of this person can leave any more; the "
         "ledger, which knows nobody’s name; and where pictures can still be seen, until they are "
         "taken down. Each of those is asked back."),
      person->name != NULL ? person->name : _ ("No name on record"), summary);
  const ImpTextDialog dialog = {
    .heading = _ ("Erase this record?"),
    .body = body,
    .verb = _ ("_Erase"),
    .destructive = TRUE,
  };

  imp_text_dialog_open (GTK_WIDGET (self), &dialog, on_erase_confirmed, g_object_ref (self),
                        g_object_unref);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingRetention) self = IMP_KEEPING_RETENTION (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_work_find_number_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* the window was closed meanwhile */
  if (person != NULL && self->exemption_given != NULL)
    ask_keep (self, person);
  else if (person != NULL)
    ask_erase (self, person);
  else
    imp_keeping_say (self->notice, error != NULL ? IMP_NOTICE_ERROR : IMP_NOTICE_WARNING,
                     error != NULL ? error->message : _ ("Nobody registered has that number."));
}

/* exemption: why the record is kept, or NULL where it goes. */
static void
find_whose (ImpKeepingRetention *self, const char *exemption)
{
  g_free (self->exemption_given);
  self->exemption_given = g_strdup (exemption);
  g_free (self->erasing);
  self->erasing = imp_widgets_get_text (self->number);
  imp_register_work_find_number_async (imp_gate_get_register (self->gate), self->erasing, NULL,
                                       on_found, g_object_ref (self));
}

static void
act_erase (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (widget);

  if (has_number (self, self->number))
    find_whose (self, NULL);
}

static void
act_keep (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (widget);
  const char *exemption = imp_widgets_get_choice (ADW_COMBO_ROW (self->exemption));

  if (!has_number (self, self->number))
    return;
  if (exemption == NULL)
    imp_keeping_say (self->notice, IMP_NOTICE_WARNING, _ ("Choose why the record is kept."));
  else
    find_whose (self, exemption);
}

static void
on_end_agreed (ImpSecond *second, gpointer object)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (object);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_END_EXEMPTION);

  act->second = second;
  act->number = imp_widgets_get_text (self->number);
  start (self, act);
}

static void
act_end_exemption (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (widget);

  if (has_number (self, self->number))
    imp_keeping_second_ask (widget, _ ("Is the record no longer to be kept?"),
                            _ ("The reason of the law for which it was kept is over: it can be "
                               "erased, and purged once it is due. It takes another keeper or an "
                               "approver."),
                            _ ("_It is over"), on_end_agreed, self);
}

static void
on_unblock_agreed (ImpSecond *second, gpointer object)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (object);
  ImpKeepingAct *act = imp_keeping_act_new (IMP_KEEPING_UNBLOCK);

  act->second = second;
  act->number = imp_widgets_get_text (self->agreed);
  start (self, act);
}

static void
act_unblock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingRetention *self = IMP_KEEPING_RETENTION (widget);

  if (has_number (self, self->agreed))
    imp_keeping_second_ask (widget, _ ("Take the block off this number?"),
                            _ ("Only where the person has agreed again. Exports of the number are "
                               "judged by the rules once more; nothing that was erased comes back. "
                               "It takes another keeper or an approver."),
                            _ ("_Take it off"), on_unblock_agreed, self);
}

/* ---- object ---- */

static void
imp_keeping_retention_dispose (GObject *object)
{
  g_clear_object (&IMP_KEEPING_RETENTION (object)->gate);
  g_clear_pointer (&IMP_KEEPING_RETENTION (object)->erasing, g_free);
  g_clear_pointer (&IMP_KEEPING_RETENTION (object)->exemption_given, g_free);
  G_OBJECT_CLASS (imp_keeping_retention_parent_class)->dispose (object);
}

static void
imp_keeping_retention_class_init (ImpKeepingRetentionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_keeping_retention_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "retention.purge", NULL, act_purge);
  gtk_widget_class_install_action (widget_class, "retention.set-years", NULL, act_set_years);
  gtk_widget_class_install_action (widget_class, "retention.erase", NULL, act_erase);
  gtk_widget_class_install_action (widget_class, "retention.keep", NULL, act_keep);
  gtk_widget_class_install_action (widget_class, "retention.end-exemption", NULL,
                                   act_end_exemption);
  gtk_widget_class_install_action (widget_class, "retention.unblock", NULL, act_unblock);
}

static GtkWidget *
add_years (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = imp_keeping_new_row (title, subtitle);
  GtkWidget *spin = gtk_spin_button_new_with_range (1, 150, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  imp_widgets_set_name (spin, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return spin;
}

static GtkWidget *
add_entry (GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  imp_widgets_set_name (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_erasure (ImpKeepingRetention *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  GtkWidget *group = imp_keeping_add_group (
      page, _ ("Somebody asks to be erased"),
      _ ("The answer is due within a month. A record may be kept for a legal reason, which is "
         "recorded."));

  self->number = add_entry (group, _ ("Hospital or NHS number"));
  imp_keeping_add_act (group, _ ("Erase the record"), _ ("A block stays: nothing leaves any more"),
                       _ ("_Erase…"), "retention.erase");
  self->exemption = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->exemption),
                                 _ ("Or it is kept, because of"));
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->exemption), imp_register_exemptions (),
                            imp_keeping_name_exemption, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->exemption);
  imp_keeping_add_act (group, _ ("Keep the record although asked"), NULL, _ ("_Keep it…"),
                       "retention.keep");
  imp_keeping_add_act (group, _ ("The reason to keep it is over"), _ ("It takes two people"),
                       _ ("_End it…"), "retention.end-exemption");
  group = imp_keeping_add_group (page, _ ("Somebody who was erased agrees again"), NULL);
  self->agreed = add_entry (group, _ ("Number that is blocked"));
  imp_keeping_add_act (group, _ ("Take the block off"), _ ("It takes two people"),
                       _ ("_Take it off…"), "retention.unblock");
}

static void
imp_keeping_retention_init (ImpKeepingRetention *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  GtkWidget *group = NULL;

  self->notice = imp_keeping_add_notice (page);
  g_signal_connect (self->notice, "activated", G_CALLBACK (on_users_wanted), NULL);
  group = imp_keeping_add_group (page, _ ("Kept long enough"),
                                 _ ("Who has a permission in force is never here. Who has a "
                                    "picture that can still be seen is kept until it is gone."));
  self->due_rows = imp_keeping_add_list (group);
  group = imp_keeping_add_group (page, NULL, NULL);
  imp_keeping_add_act (group, _ ("Purge what is ticked"), _ ("It takes two people"), _ ("_Purge…"),
                       "retention.purge");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retention.purge", FALSE);
  group = imp_keeping_add_group (
      page, _ ("How long"),
      _ ("The numbers that stand here at first are from memory of the NHS Records Management Code, "
         "and were not checked against its current edition: set your own."));
  self->years = add_years (group, _ ("Years after a record was last used"), NULL);
  self->child_age = add_years (group, _ ("A child’s record: until this birthday at least"), NULL);
  imp_keeping_add_act (group, _ ("Keep records for so long"), NULL, _ ("_Set"),
                       "retention.set-years");
  add_erasure (self);
}

/**
 * imp_keeping_retention_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
imp_keeping_retention_new (ImpGate *gate)
{
  ImpKeepingRetention *self = g_object_new (IMP_TYPE_KEEPING_RETENTION, NULL);

  self->gate = g_object_ref (gate);
  refresh (self);
  return GTK_WIDGET (self);
}
