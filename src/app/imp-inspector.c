#include "imp-inspector.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-coding-names.h"
#include "imp-kind-names.h"
#include "imp-overlays-row.h"
#include "imp-overlays.h"
#include "imp-suggestion-pane.h"
#include "imp-thumbnails.h"
#include "imp-widgets.h"

/* Characters of a value that are not broken over lines; the name beside it wraps sooner. */
#define VALUE_CHARS 16

struct _ImpInspector
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  AdwPreferencesGroup *warnings;
  ImpSuggestionPane *suggestions;
  AdwPreferencesGroup *overlays;
  AdwPreferencesGroup *giveaways;
  AdwExpanderRow *others; /* what does not point at a person */
  GtkWidget *nothing;
  AdwPreferencesGroup *facts;
  GtkToggleButton *reveal;

  ImpPicture *picture; /* owned, nullable */
  GPtrArray *rows;     /* owned: all rows that the picture brought; parent and row alternate */
  GPtrArray *values;   /* owned: labels of values, each with "imp-value" */
  GPtrArray *planes;   /* owned: labels of overlays, each with its bit as "imp-plane" */
};

G_DEFINE_FINAL_TYPE (ImpInspector, imp_inspector, GTK_TYPE_WIDGET)

static void
set_value (GtkLabel *label, const char *value)
{
  gboolean is_long = g_utf8_strlen (value, -1) > VALUE_CHARS;

  gtk_label_set_wrap (label, is_long);
  gtk_label_set_width_chars (label, is_long ? VALUE_CHARS : -1);
  gtk_label_set_text (label, value);
}

static void
show_values (ImpInspector *self)
{
  gboolean revealed = gtk_toggle_button_get_active (self->reveal);

  if (self->picture == NULL)
    return;
  imp_picture_set_revealed (self->picture, revealed);
  for (guint i = 0; i < self->values->len; i++)
    {
      GtkWidget *label = self->values->pdata[i];
      const char *value = g_object_get_data (G_OBJECT (label), "imp-value");

      set_value (GTK_LABEL (label), imp_picture_mask (self->picture, value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      revealed ? value : _ ("hidden"), -1);
    }
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal),
                            revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reveal),
                               revealed ? _ ("Mask the values") : _ ("Show the values"));
}

/* The wizard shows the same values, and asks for them with a button of its own. */
static void
on_revealed (ImpInspector *self)
{
  gtk_toggle_button_set_active (self->reveal, imp_picture_get_revealed (self->picture));
}

static AdwActionRow *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return ADW_ACTION_ROW (row);
}

static void
keep_row (ImpInspector *self, gpointer parent, gpointer row)
{
  g_ptr_array_add (self->rows, g_object_ref (parent));
  g_ptr_array_add (self->rows, g_object_ref (row));
}

static AdwActionRow *
add_row (ImpInspector *self, AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  AdwActionRow *row = make_row (title, subtitle);

  adw_preferences_group_add (group, GTK_WIDGET (row));
  keep_row (self, group, row);
  return row;
}

static GtkWidget *
add_value (AdwActionRow *row, const char *value)
{
  GtkWidget *label = gtk_label_new (NULL);

  set_value (GTK_LABEL (label), value);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), VALUE_CHARS + 2);
  imp_widgets_break_as_it_is (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (row, label);
  return label;
}

enum
{
  RANK_PATIENT,
  RANK_OTHER_PERSON,
  RANK_NUMBER,
  RANK_NOBODY,
  N_RANKS
};

/* The patient first, then whatever else points at a person, then what does not. */
static int
rank (const ImpGiveaway *giveaway)
{
  /* What is only known to be there, a small copy of the picture or private data, may name anybody.
   */
  if (!giveaway->identifies && giveaway->value != NULL)
    return RANK_NOBODY;
  if (g_str_has_suffix (giveaway->kind, "UID"))
    return RANK_NUMBER;
  return strstr (giveaway->kind, "Patient") != NULL || g_str_equal (giveaway->kind, "gps")
                 || g_str_equal (giveaway->kind, "person")
             ? RANK_PATIENT
             : RANK_OTHER_PERSON;
}

/* An overlay that is drawn leaves with the picture; nothing else of a file does. */
static void
show_planes (ImpInspector *self)
{
  guint drawn = imp_picture_get_planes (self->picture);

  adw_preferences_group_set_description (
      self->giveaways,
      drawn == 0 ? _ ("None of this is exported. Values are masked until you ask for them.")
                 : _ ("Overlays that are shown are part of the picture, and exported with it. "
                      "Nothing else of this is. Values are masked until you ask for them."));
  for (guint i = 0; i < self->planes->len; i++)
    {
      GObject *label = self->planes->pdata[i];
      guint plane = GPOINTER_TO_UINT (g_object_get_data (label, "imp-plane"));

      set_value (GTK_LABEL (label), (drawn & plane) != 0 ? _ ("exported") : _ ("present"));
    }
}

static void
add_giveaway (ImpInspector *self, const ImpGiveaway *giveaway)
{
  AdwActionRow *row = make_row (imp_kind_name (giveaway->kind), giveaway->where);

  if (giveaway->value != NULL && giveaway->value[0] != '\0')
    {
      GtkWidget *label = add_value (row, "");

      g_object_set_data_full (G_OBJECT (label), "imp-value", g_strdup (giveaway->value), g_free);
      g_ptr_array_add (self->values, g_object_ref (label));
    }
  else
    {
      GtkWidget *label = add_value (row, _ ("present"));
      guint plane = imp_overlays_find_plane (giveaway);

      g_object_set_data (G_OBJECT (label), "imp-plane", GUINT_TO_POINTER (plane));
      if (plane != 0)
        g_ptr_array_add (self->planes, g_object_ref (label));
    }

  if (rank (giveaway) != RANK_NOBODY)
    {
      adw_preferences_group_add (self->giveaways, GTK_WIDGET (row));
      keep_row (self, self->giveaways, row);
    }
  else
    adw_expander_row_add_row (self->others, GTK_WIDGET (row));
}

/* A name comes whole and in its parts, all of which must not be exported; one row tells it. */
static gboolean
is_told (GPtrArray *giveaways, guint position)
{
  const ImpGiveaway *giveaway = giveaways->pdata[position];

  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *other = giveaways->pdata[i];

      if (i != position && giveaway->value != NULL && other->value != NULL
          && g_str_equal (giveaway->where, other->where)
          && g_str_equal (giveaway->kind, other->kind)
          && strstr (other->value, giveaway->value) != NULL
          && (i < position || !g_str_equal (giveaway->value, other->value)))
        return TRUE;
    }
  return FALSE;
}

static void
add_giveaways (ImpInspector *self, GPtrArray *giveaways)
{
  g_autofree char *title = NULL;
  guint n_others = 0;

  self->others = g_object_ref_sink (ADW_EXPANDER_ROW (adw_expander_row_new ()));
  for (int wanted = 0; wanted < N_RANKS; wanted++)
    for (guint i = 0; i < giveaways->len; i++)
      if (rank (giveaways->pdata[i]) == wanted && !is_told (giveaways, i))
        {
          add_giveaway (self, giveaways->pdata[i]);
          n_others += wanted == RANK_NOBODY;
        }
  if (n_others == 0)
    return;
  title = g_strdup_printf (ngettext ("%u more entry", "%u more entries", n_others), n_others);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->others), title);
  adw_expander_row_set_subtitle (self->others, _ ("Technique, sizes and programs"));
  adw_preferences_group_add (self->giveaways, GTK_WIDGET (self->others));
  keep_row (self, self->giveaways, self->others);
}

static void
on_notice (ImpInspector *self, const char *sentence)
{
  g_signal_emit_by_name (self, "notice", sentence);
}

static void
on_show_suggestion (ImpInspector *self, guint id)
{
  g_signal_emit_by_name (self, "show-suggestion", id);
}

static void
add_overlays (ImpInspector *self)
{
  GtkWidget *row = imp_overlays_row_new (self->picture);

  g_signal_connect_object (row, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->overlays, row);
  keep_row (self, self->overlays, row);
}

static void
on_remove_thumbnails (GtkButton *button, ImpInspector *self)
{
  GFile *file = imp_source_get_file (imp_picture_get_source (self->picture));
  g_autoptr (GError) error = NULL;
  gboolean removed = imp_thumbnails_remove (file, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  gtk_button_set_label (button, removed ? _ ("Removed") : _ ("Could not be removed"));
}

static void
add_warnings (ImpInspector *self, const ImpFacts *facts)
{
  GStrv sentences = imp_facts_get_warnings (facts);
  const char *consent = imp_facts_get_consent_flag (facts);
  const char *kind = imp_facts_get_distribution (facts);
  GFile *file = imp_source_get_file (imp_picture_get_source (self->picture));
  guint before = self->rows->len;

  if (g_strcmp0 (consent, "NO") == 0 || g_strcmp0 (consent, "WITHDRAWN") == 0)
    add_row (self, self->warnings,
             g_str_equal (consent, "NO") ? _ ("The file says that consent was refused")
                                         : _ ("The file says that consent was withdrawn"),
             "DICOM (0012,0085)");
  else if (kind != NULL && !g_str_equal (kind, "PUBLIC_RELEASE"))
    add_row (self, self->warnings,
             g_str_equal (kind, "RESTRICTED_REUSE")
                 ? _ ("The file says that consent is for reuse within limits")
                 : _ ("The file says that consent is for one named protocol"),
             "DICOM (0012,0084)");
  if (imp_facts_says_burned_in (facts))
    add_row (self, self->warnings, _ ("The file says that text is part of the picture"),
             "DICOM (0028,0301)");
  for (guint i = 0; sentences != NULL && sentences[i] != NULL; i++)
    add_row (self, self->warnings, sentences[i], NULL);
  if (imp_facts_get_cover (facts).margin > 0)
    {
      g_autofree char *title =
          g_strdup_printf (_ ("Boxes grow by %d pixels on each side on this picture"),
                           imp_facts_get_cover (facts).margin);

      add_row (self, self->warnings, title,
               _ ("Its compression smears what is covered over its surroundings"));
    }
  if (file != NULL && imp_thumbnails_exist (file))
    {
      AdwActionRow *row =
          add_row (self, self->warnings, _ ("Your file manager keeps a small copy of this picture"),
                   _ ("In the thumbnail folder of your account"));
      GtkWidget *button = gtk_button_new_with_label (_ ("Remove"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect (button, "clicked", G_CALLBACK (on_remove_thumbnails), self);
      adw_action_row_add_suffix (row, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), self->rows->len > before);
}

static void
add_count (ImpInspector *self, const char *title, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  if (count > 1)
    add_value (add_row (self, self->facts, title, NULL), text);
}

static void
add_facts (ImpInspector *self, const ImpFacts *facts)
{
  static const struct
  {
    const char *key;
    const char *name;
  } FORMATS[] = { { "dicom", "DICOM" }, { "jpeg", "JPEG" }, { "png", "PNG" },   { "tiff", "TIFF" },
                  { "webp", "WebP" },   { "heic", "HEIC" }, { "avif", "AVIF" }, { "bmp", "BMP" } };
  const char *format = imp_facts_get_format (facts);
  const char *transfer_syntax = imp_facts_get_transfer_syntax (facts);
  g_autofree char *size =
      g_strdup_printf ("%d × %d", imp_facts_get_width (facts), imp_facts_get_height (facts));

  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    if (g_strcmp0 (format, FORMATS[i].key) == 0)
      format = FORMATS[i].name;
  add_value (add_row (self, self->facts, _ ("Format"), NULL), format);
  add_value (add_row (self, self->facts, _ ("Size in pixels"), NULL), size);
  /* What is no modality of the standard's may be anything, a name too. */
  if (imp_facts_get_modality (facts) != NULL && imp_facts_get_image_kind (facts) != NULL)
    add_value (add_row (self, self->facts, _ ("Modality"), NULL), imp_facts_get_modality (facts));
  if (transfer_syntax != NULL)
    add_value (add_row (self, self->facts, _ ("Packed as"), NULL),
               imp_transfer_syntax_name (transfer_syntax));
  add_count (self, _ ("Frames"), imp_facts_get_n_frames (facts));
  add_count (self, _ ("Pages"), imp_facts_get_n_pages (facts));
}

static void
remove_rows (ImpInspector *self)
{
  for (guint i = 0; i < self->rows->len; i += 2)
    adw_preferences_group_remove (self->rows->pdata[i], self->rows->pdata[i + 1]);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->planes, 0);
  g_clear_object (&self->others);
}

static void
imp_inspector_dispose (GObject *object)
{
  ImpInspector *self = IMP_INSPECTOR (object);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  g_clear_object (&self->others);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->planes, g_ptr_array_unref);
  if (self->scrolled != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->scrolled));
  G_OBJECT_CLASS (imp_inspector_parent_class)->dispose (object);
}

static void
imp_inspector_class_init (ImpInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_inspector_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (IMP_TYPE_SUGGESTION_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, scrolled);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, warnings);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, suggestions);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, overlays);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, giveaways);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, nothing);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, facts);
  gtk_widget_class_bind_template_child (widget_class, ImpInspector, reveal);
  g_signal_new ("show-suggestion", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
imp_inspector_init (ImpInspector *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->values = g_ptr_array_new_with_free_func (g_object_unref);
  self->planes = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->reveal, "toggled", G_CALLBACK (show_values), self);
  g_signal_connect_swapped (self->suggestions, "show-suggestion", G_CALLBACK (on_show_suggestion),
                            self);
}

/**
 * imp_inspector_new:
 *
 * Returns: (transfer full): an inspector
 */
GtkWidget *
imp_inspector_new (void)
{
  return g_object_new (IMP_TYPE_INSPECTOR, NULL);
}

/**
 * imp_inspector_set_picture:
 * @self: an inspector
 * @picture: (nullable): what to tell about; its values are masked
 */
void
imp_inspector_set_picture (ImpInspector *self, ImpPicture *picture)
{
  const ImpFacts *facts = NULL;
  GPtrArray *giveaways = NULL;
  guint n_overlays = 0;
  gboolean any = FALSE;

  if (self->picture == picture)
    return;
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_set_object (&self->picture, picture);
  remove_rows (self);
  gtk_toggle_button_set_active (self->reveal, FALSE);
  if (picture == NULL)
    return;

  facts = imp_source_get_facts (imp_picture_get_source (picture));
  giveaways = imp_facts_get_giveaways (facts);
  n_overlays = imp_facts_get_n_overlays (facts);
  any = giveaways != NULL && giveaways->len > 0;
  add_warnings (self, facts);
  if (n_overlays > 0)
    add_overlays (self);
  if (giveaways != NULL)
    add_giveaways (self, giveaways);
  gtk_widget_set_visible (GTK_WIDGET (self->overlays), n_overlays > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->giveaways), any);
  gtk_widget_set_visible (self->nothing, !any);
  add_facts (self, facts);
  show_values (self);
  show_planes (self);
  g_signal_connect_swapped (picture, "notify::planes", G_CALLBACK (show_planes), self);
  g_signal_connect_swapped (picture, "notify::revealed", G_CALLBACK (on_revealed), self);
}

/**
 * imp_inspector_set_suggestions:
 * @self: an inspector
 * @list: (nullable): what may identify on its picture
 */
void
imp_inspector_set_suggestions (ImpInspector *self, ImpSuggestionList *list)
{
  imp_suggestion_pane_set_list (self->suggestions, list);
}
