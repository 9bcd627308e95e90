#include "imp-date-row.h"

#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpDateRow
{
  AdwEntryRow parent_instance;

  GtkWidget *button;
  GtkWidget *calendar;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpDateRow, imp_date_row, ADW_TYPE_ENTRY_ROW)

static void
on_day_selected (GtkCalendar *calendar, ImpDateRow *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *date = NULL;

  if (self->updating)
    return;
  day = gtk_calendar_get_date (calendar);
  date = g_date_time_format (day, "%Y-%m-%d");
  imp_date_row_set_date (self, date);
}

static void
on_changed (GtkEditable *editable, ImpDateRow *self)
{
  imp_widgets_set_error (GTK_WIDGET (self), FALSE);
}

static void
on_title_changed (ImpDateRow *self, GParamSpec *pspec, gpointer user_data)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *name = g_strdup_printf (_ ("%s: choose a day"), title);

  imp_widgets_set_name (GTK_WIDGET (self), title);
  imp_widgets_set_name (self->button, name);
}

/* Opens on the day that is written, so that the next one is near. */
static void
on_popover_shown (GtkWidget *popover, ImpDateRow *self)
{
  g_autofree char *date = NULL;
  g_autofree char *moment = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (!imp_date_row_get_date (self, &date) || date == NULL)
    return;
  moment = g_strconcat (date, "T12:00:00Z", NULL);
  day = g_date_time_new_from_iso8601 (moment, NULL);
  self->updating = TRUE;
  if (day != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
  self->updating = FALSE;
}

static void
imp_date_row_class_init (ImpDateRowClass *klass)
{
}

static void
imp_date_row_init (ImpDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = gtk_calendar_new ();
  g_signal_connect (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self);
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  g_signal_connect (popover, "show", G_CALLBACK (on_popover_shown), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->button);
  g_signal_connect (self, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
}

/**
 * imp_date_row_set_date:
 * @self: a row
 * @date: (nullable): YYYY-MM-DD; %NULL for none
 */
void
imp_date_row_set_date (ImpDateRow *self, const char *date)
{
  g_autofree char *text = imp_words_date (date);

  gtk_editable_set_text (GTK_EDITABLE (self), text == NULL ? "" : text);
}

/**
 * imp_date_row_get_date:
 * @self: a row
 * @date: (out) (transfer full) (nullable): YYYY-MM-DD; %NULL where nothing is written
 *
 * Marks the row where what is written is no day.
 *
 * Returns: whether it is a day, or nothing
 */
gboolean
imp_date_row_get_date (ImpDateRow *self, char **date)
{
  g_autofree char *text = imp_widgets_get_text (GTK_WIDGET (self));

  *date = text == NULL ? NULL : imp_words_parse_date (text);
  imp_widgets_set_error (GTK_WIDGET (self), text != NULL && *date == NULL);
  return text == NULL || *date != NULL;
}
