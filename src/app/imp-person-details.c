#include "imp-person-details.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-clock.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-person-detail-form.h"
#include "imp-record-words.h"
#include "imp-register-names.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpPersonDetails
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *rows;
  ImpNotice *notice;
  GtkWidget *add_button;

  /* Owned references */
  ImpGate *gate;
  char *person_id;
};

G_DEFINE_FINAL_TYPE (ImpPersonDetails, imp_person_details, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  ADD,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- taking a name or a number away ---- */

typedef struct
{
  char *person_id;
  char *scheme; /* nullable: it is a name */
  char *value;  /* the number, or the id of the name */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_free (removal->person_id);
  g_free (removal->scheme);
  g_free (removal->value);
  g_free (removal);
}

static gboolean
take_away (ImpGate *gate, gpointer data, GError **error)
{
  const Removal *removal = data;
  ImpRegister *people = imp_gate_get_register (gate);

  if (!imp_gate_check_right (gate, IMP_RIGHT_RECORD, error))
    return FALSE;
  return removal->scheme == NULL
             ? imp_register_remove_alias (people, removal->person_id, removal->value, error)
             : imp_register_remove_identifier (people, removal->person_id, removal->scheme,
                                               removal->value, error);
}

static void
on_taken_away (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPersonDetails) self = IMP_PERSON_DETAILS (user_data);
  g_autoptr (GError) error = NULL;
  gboolean done = imp_gate_work_finish (result, &error);

  imp_notice_show_error (self->notice, error);
  if (done)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
act_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonDetails *self = IMP_PERSON_DETAILS (widget);
  const char *scheme = NULL;
  const char *value = NULL;
  Removal *removal = NULL;

  if (self->gate == NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &scheme, &value);
  removal = g_new0 (Removal, 1);
  removal->person_id = g_strdup (self->person_id);
  removal->scheme = *scheme != '\0' ? g_strdup (scheme) : NULL;
  removal->value = g_strdup (value);
  imp_gate_work_async (self->gate, take_away, removal, removal_free, on_taken_away,
                       g_object_ref (self));
}

static void
act_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ADD], 0, g_variant_get_string (parameter, NULL));
}

/* ---- the rows ---- */

static GtkWidget *
add_row (ImpPersonDetails *self, const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
  return row;
}

static void
add_remove_button (GtkWidget *row, const char *shown, const char *scheme, const char *value)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Take away: %s"), shown);

  imp_widgets_set_name (button, name);
  gtk_widget_set_tooltip_text (button, _ ("Take it away"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "details.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", scheme, value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* The days from which a child is asked again (policy.md 2.4, row 28), until both have passed. */
static void
add_birthday (ImpPersonDetails *self, const ImpPerson *person, int age)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *birthday = imp_clock_birthday (person->born, age);
  g_autofree char *day = imp_words_date (birthday);
  g_autofree char *title = NULL;

  if (birthday == NULL || imp_clock_age_at (person->born, today) >= 18)
    return;
  title = g_strdup_printf (imp_clock_age_at (person->born, today) >= age ? _ ("Turned %d on %s")
                                                                         : _ ("Turns %d on %s"),
                           age, day);
  add_row (self,
           age == 16 ? _ ("Decides from then on: what the parents agreed to is asked again")
                     : _ ("Grown up from then on"),
           title);
}

static const char *
get_scheme_title (const ImpDossier *dossier, const char *name)
{
  for (guint i = 0; i < dossier->schemes->len; i++)
    {
      const ImpScheme *scheme = g_ptr_array_index (dossier->schemes, i);

      if (g_str_equal (scheme->name, name))
        return scheme->title;
    }
  return name;
}

static void
add_assessment (ImpPersonDetails *self, const ImpAssessment *assessment)
{
  g_autofree char *day = imp_words_date (assessment->assessed);
  g_autofree char *again = imp_words_date (assessment->ask_again);
  g_autoptr (GString) subtitle = g_string_new (NULL);

  g_string_append_printf (subtitle, _ ("Assessed on %s by %s: %s"), day, assessment->assessor,
                          assessment->decision);
  if (again != NULL)
    g_string_append_printf (subtitle, _ (" · ask again by %s"), again);
  add_row (self, subtitle->str, imp_record_words_outcome (assessment->outcome));
}

static void
add_names (ImpPersonDetails *self, const ImpDossier *dossier, gboolean writable)
{
  if (dossier->person->nhs_number != NULL)
    add_row (self, _ ("NHS number"), dossier->person->nhs_number);
  for (guint i = 0; i < dossier->identifiers->len; i++)
    {
      const ImpIdentifier *identifier = g_ptr_array_index (dossier->identifiers, i);
      GtkWidget *row =
          add_row (self, get_scheme_title (dossier, identifier->scheme), identifier->value);

      if (writable)
        add_remove_button (row, identifier->value, identifier->scheme, identifier->value);
    }
  for (guint i = 0; i < dossier->aliases->len; i++)
    {
      const ImpAlias *alias = g_ptr_array_index (dossier->aliases, i);
      GtkWidget *row = add_row (self, imp_record_words_alias (alias->kind), alias->name);

      if (writable)
        add_remove_button (row, alias->name, "", alias->id);
    }
}

static void
imp_person_details_dispose (GObject *object)
{
  ImpPersonDetails *self = IMP_PERSON_DETAILS (object);

  g_clear_object (&self->gate);
  g_clear_pointer (&self->person_id, g_free);
  G_OBJECT_CLASS (imp_person_details_parent_class)->dispose (object);
}

static void
imp_person_details_class_init (ImpPersonDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_person_details_dispose;
  signals[ADD] = g_signal_new ("add", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "details.add", "s", act_add);
  gtk_widget_class_install_action (widget_class, "details.remove", "(ss)", act_remove);
}

static GMenuModel *
build_menu (void)
{
  static const struct
  {
    const char *label;
    const char *what;
  } ITEMS[] = {
    { N_ ("Another name…"), IMP_DETAIL_ALIAS },
    { N_ ("Another number…"), IMP_DETAIL_NUMBER },
    { N_ ("An assessment of capacity…"), IMP_DETAIL_ASSESSMENT },
    { N_ ("A kind of number, for everybody…"), IMP_DETAIL_SCHEME },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ITEMS); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (ITEMS[i].label), NULL);

      g_menu_item_set_action_and_target (item, "details.add", "s", ITEMS[i].what);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
imp_person_details_init (ImpPersonDetails *self)
{
  g_autoptr (GMenuModel) menu = build_menu ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("About this person"));
  self->add_button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->add_button), _ ("Add"));
  imp_widgets_set_name (self->add_button, _ ("Add to what is known of this person"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->add_button), menu);
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add_button);
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->notice));
}

/**
 * imp_person_details_new:
 *
 * Returns: (transfer floating): the group, about nobody
 */
GtkWidget *
imp_person_details_new (void)
{
  return g_object_new (IMP_TYPE_PERSON_DETAILS, NULL);
}

/**
 * imp_person_details_show:
 * @self: the group
 * @gate: the gate
 * @dossier: what is on record of a person
 * @writable: whether anything can be changed
 */
void
imp_person_details_show (ImpPersonDetails *self, ImpGate *gate, const ImpDossier *dossier,
                         gboolean writable)
{
  const ImpPerson *person = dossier->person;

  g_set_object (&self->gate, gate);
  g_free (self->person_id);
  self->person_id = g_strdup (person->id);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  imp_widgets_clear (self->rows);
  if (person->born != NULL)
    {
      add_birthday (self, person, 16);
      add_birthday (self, person, 18);
    }
  add_names (self, dossier, writable);
  for (guint i = 0; i < dossier->assessments->len; i++)
    add_assessment (self, g_ptr_array_index (dossier->assessments, i));
  if (person->lacks_capacity && dossier->assessments->len == 0)
    add_row (self, _ ("No assessment is on record"), _ ("Cannot decide about this"));
  if (person->known_to_audience)
    add_row (self, _ ("A member of staff, or known to those who will see pictures"),
             _ ("Known to the audience"));
  gtk_widget_set_visible (self->rows, gtk_widget_get_first_child (self->rows) != NULL);
  gtk_widget_set_sensitive (self->add_button, writable);
}
