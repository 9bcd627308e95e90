#include "imp-keeping-guidance.h"

#include <glib/gi18n.h>

#include "imp-file-dialog.h"
#include "imp-gate-work.h"
#include "imp-guidance.h"
#include "imp-keeping-parts.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpKeepingGuidance
{
  AdwPreferencesGroup parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *rows;

  ImpGate *gate; /* owned */
};

G_DEFINE_FINAL_TYPE (ImpKeepingGuidance, imp_keeping_guidance, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  LIST,
  ADD,
  SAVE,
  REMOVE,
} Verb;

/* One act, in a worker. */
typedef struct
{
  Verb verb;
  char *text;     /* the title of a new one, the id of another */
  GFile *file;    /* nullable */
  GVariant *list; /* the answer of LIST, and after every act */
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_free (act->text);
  g_clear_object (&act->file);
  g_clear_pointer (&act->list, g_variant_unref);
  g_free (act);
}

static gboolean
do_it (ImpGate *gate, const Act *act, GError **error)
{
  g_autofree char *id = NULL;

  switch (act->verb)
    {
    case ADD:
      id = imp_gate_add_guidance_sync (gate, act->text, act->file, NULL, error);
      return id != NULL;
    case SAVE:
      return imp_gate_export_guidance_sync (gate, act->text, act->file, NULL, error);
    case REMOVE:
      return imp_gate_remove_guidance_sync (gate, act->text, error);
    case LIST:
    default:
      return TRUE;
    }
}

static gboolean
run (ImpGate *gate, gpointer data, GError **error)
{
  Act *act = data;

  if (!do_it (gate, act, error))
    return FALSE;
  act->list = imp_register_list_guidance (imp_gate_get_register (gate), error);
  return act->list != NULL;
}

static void
show (ImpKeepingGuidance *self, GVariant *list)
{
  GVariantIter iter;
  const char *id = NULL;
  const char *title = NULL;
  const char *added = NULL;

  imp_widgets_clear (self->rows);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s&sx&s)", &id, &title, NULL, NULL, &added))
    {
      g_autofree char *day = imp_words_date (added);
      g_autofree char *subtitle = g_strdup_printf (_ ("Added %s"), day);
      GtkWidget *row = imp_keeping_new_row (title, subtitle);

      imp_keeping_add_button (row, _ ("Save…"), "guidance.save", id);
      imp_keeping_add_button (row, _ ("Remove"), "guidance.remove", id);
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
    }
  gtk_widget_set_visible (self->rows, g_variant_n_children (list) > 0);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingGuidance) self = IMP_KEEPING_GUIDANCE (user_data);
  g_autoptr (GError) error = NULL;
  const Act *act = imp_gate_work_get_data (result);

  if (!imp_gate_work_finish (result, &error))
    imp_notice_show_error (self->notice, error);
  else
    {
      imp_notice_set (self->notice, IMP_NOTICE_SUCCESS,
                      act->verb == ADD      ? _ ("The guidance is kept in the register.")
                      : act->verb == SAVE   ? _ ("The guidance is saved.")
                      : act->verb == REMOVE ? _ ("The guidance is removed.")
                                            : NULL);
      show (self, act->list);
    }
}

static void
start (ImpKeepingGuidance *self, Verb verb, const char *text, GFile *file)
{
  Act *act = g_new0 (Act, 1);

  act->verb = verb;
  act->text = g_strdup (text);
  act->file = file != NULL ? g_object_ref (file) : NULL;
  imp_gate_work_async (self->gate, run, act, act_free, on_run, g_object_ref (self));
}

/* ---- what is asked first ---- */

typedef struct
{
  ImpKeepingGuidance *group;
  char *text;
  GFile *file; /* nullable */
} Wanted;

static Wanted *
wanted_new (ImpKeepingGuidance *group, const char *text, GFile *file)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->group = g_object_ref (group);
  wanted->text = g_strdup (text);
  wanted->file = file != NULL ? g_object_ref (file) : NULL;
  return wanted;
}

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_object_unref (wanted->group);
  g_free (wanted->text);
  g_clear_object (&wanted->file);
  g_free (wanted);
}

static void
on_title_typed (const char *const *texts, gpointer user_data)
{
  const Wanted *wanted = user_data;

  start (wanted->group, ADD, texts[0], wanted->file);
}

static void
on_pdf_chosen (GFile *file, gpointer user_data)
{
  const ImpTextDialog dialog = {
    .heading = _ ("What is this guidance called?"),
    .body = _ ("Everybody who works with the register finds it under this title."),
    .verb = _ ("_Add"),
    .fields = { { _ ("Title and version"), NULL, FALSE } },
  };

  imp_text_dialog_open (user_data, &dialog, on_title_typed, wanted_new (user_data, NULL, file),
                        wanted_free);
}

static void
act_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose a PDF"), NULL,
                        on_pdf_chosen, g_object_ref (widget), g_object_unref);
}

static void
on_target_chosen (GFile *file, gpointer user_data)
{
  const Wanted *wanted = user_data;

  start (wanted->group, SAVE, wanted->text, file);
}

static void
act_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (
      widget, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save the guidance"), "guidance.pdf",
      on_target_chosen,
      wanted_new (IMP_KEEPING_GUIDANCE (widget), g_variant_get_string (parameter, NULL), NULL),
      wanted_free);
}

static void
on_removal_confirmed (const char *const *texts, gpointer user_data)
{
  const Wanted *wanted = user_data;

  start (wanted->group, REMOVE, wanted->text, NULL);
}

static void
act_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ImpTextDialog dialog = {
    .heading = _ ("Remove this guidance?"),
    .body = _ ("Nobody who works with the register finds it here any more."),
    .verb = _ ("_Remove"),
    .destructive = TRUE,
  };

  imp_text_dialog_open (
      widget, &dialog, on_removal_confirmed,
      wanted_new (IMP_KEEPING_GUIDANCE (widget), g_variant_get_string (parameter, NULL), NULL),
      wanted_free);
}

/* ---- object ---- */

static void
imp_keeping_guidance_dispose (GObject *object)
{
  g_clear_object (&IMP_KEEPING_GUIDANCE (object)->gate);
  G_OBJECT_CLASS (imp_keeping_guidance_parent_class)->dispose (object);
}

static void
imp_keeping_guidance_class_init (ImpKeepingGuidanceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_keeping_guidance_dispose;
  gtk_widget_class_install_action (widget_class, "guidance.add", NULL, act_add);
  gtk_widget_class_install_action (widget_class, "guidance.save", "s", act_save);
  gtk_widget_class_install_action (widget_class, "guidance.remove", "s", act_remove);
}

static void
imp_keeping_guidance_init (ImpKeepingGuidance *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _ ("This site’s own guidance"));
  imp_keeping_add_act (GTK_WIDGET (self), _ ("PDFs for everybody who works with the register"),
                       _ ("They are kept inside the encrypted file"), _ ("_Add a PDF…"),
                       "guidance.add");
  self->rows = imp_keeping_add_list (GTK_WIDGET (self));
  gtk_widget_set_margin_top (self->rows, 12);
  gtk_widget_set_visible (self->rows, FALSE);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  gtk_widget_set_margin_top (GTK_WIDGET (self->notice), 12);
  adw_preferences_group_add (group, GTK_WIDGET (self->notice));
}

/**
 * imp_keeping_guidance_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
imp_keeping_guidance_new (ImpGate *gate)
{
  ImpKeepingGuidance *self = g_object_new (IMP_TYPE_KEEPING_GUIDANCE, NULL);

  self->gate = g_object_ref (gate);
  start (self, LIST, NULL, NULL);
  return GTK_WIDGET (self);
}
