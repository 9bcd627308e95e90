/* Recording a permission in the window: every field, with its scan or signature, and that nothing
 * typed is lost; from the click to what stands in the register. */
#include "imp-notice.h"
#include "imp-register-evidence.h"
#include "imp-scan-row.h"
#include "imp-signature-pad.h"
#include "imp-strokes.h"
#include "ui-form.h"
#include "ui-person.h"
#include "ui-test.h"

static const char PDF[] = UI_FORM;

static void
start (UiPerson *desk)
{
  ui_person_show (desk);
  ui_click (desk->view, "Record consent…");
}

static void
choose_scan (UiPerson *desk, GFile *file)
{
  GtkWidget *row = ui_find (desk->view, IMP_TYPE_SCAN_ROW, "Scan");

  g_assert_nonnull (row);
  imp_scan_row_set_file (IMP_SCAN_ROW (row), file);
  ui_settle (30);
}

static GPtrArray *
evidence_of (UiPerson *desk, const ImpPermission *permission)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = imp_register_list_evidence (ui_person_register (desk), permission->id, &error);

  g_assert_no_error (error);
  return list;
}

static void
unfold (UiPerson *desk, const char *title)
{
  GtkWidget *row = ui_find (desk->view, ADW_TYPE_EXPANDER_ROW, title);

  g_assert_nonnull (row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle (300);
}

/* The common case types nothing at all, and is recorded with its scan in one go. */
static void
test_with_scan (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GFile) scan = ui_person_write (desk, "form.pdf", PDF, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) kept = NULL;
  const ImpAttachment *attachment = NULL;

  ui_take_n_typed ();
  start (desk);
  ui_shot ("form-1-start");
  ui_click (desk->view, "They agreed");
  ui_choose (desk->view, "What for", "Teaching inside the organisation");
  ui_choose (desk->view, "Who agreed", "The patient");
  ui_choose (desk->view, "Evidence", "A signed paper form");
  choose_scan (desk, scan);
  g_assert_cmpuint (ui_count_unnamed (desk->view), ==, 0);
  ui_shot ("form-2-scan");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Agreed · since");
  g_assert_cmpuint (ui_take_n_typed (), ==, 0);
  permission = ui_person_newest (desk);
  g_assert_cmpint (permission->state, ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpstr (permission->capacity, ==, "presumed");
  g_assert_false (permission->identifiable);
  list = evidence_of (desk, permission);
  g_assert_cmpuint (list->len, ==, 1);
  attachment = g_ptr_array_index (list, 0);
  g_assert_cmpstr (attachment->kind, ==, "signed-paper");
  g_assert_cmpstr (attachment->media_type, ==, "application/pdf");
  kept = imp_register_read_evidence (ui_person_register (desk), attachment->id, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), PDF, sizeof PDF - 1);
}

static gboolean
is_in_view (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, scroller, &bounds));
  return bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height <= (float)gtk_widget_get_height (scroller);
}

static GtkWidget *
find_notice (GtkWidget *root, const char *text)
{
  GtkWidget *found = IMP_IS_NOTICE (root) && gtk_widget_get_mapped (root)
                             && g_strcmp0 (imp_notice_get_text (IMP_NOTICE (root)), text) == 0
                         ? root
                         : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_notice (child, text);
  return found;
}

/* What is missing is said where it is missing, in sight, and the keyboard is there. */
static void
test_error_in_sight (UiPerson *desk, gconstpointer data)
{
  static const char *const SAID[] = { "Did they agree, or refuse?", "What is it about?",
                                      "Who agreed?" };
  static const char *const ROWS[] = { NULL, "What for", "Who agreed" };
  GtkWidget *notice = NULL;
  GtkWidget *row = NULL;

  start (desk);
  for (guint i = 0; i < G_N_ELEMENTS (SAID); i++)
    {
      ui_click (desk->view, "Record it");
      ui_settle (300);
      notice = find_notice (desk->view, SAID[i]);
      g_assert_nonnull (notice);
      g_assert_true (is_in_view (notice));
      row = ROWS[i] != NULL ? ui_find (desk->view, ADW_TYPE_COMBO_ROW, ROWS[i])
                            : ui_find (desk->view, GTK_TYPE_TOGGLE_BUTTON, "They agreed");
      g_assert_true (is_in_view (row));
      g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (desk->window)), row)
                     || gtk_window_get_focus (GTK_WINDOW (desk->window)) == row);
      ui_shot (i == 2 ? "form-7-error" : "form-7-error-before");
      if (i == 0)
        ui_click (desk->view, "They agreed");
      else if (i == 1)
        ui_choose (desk->view, "What for", "Teaching inside the organisation");
    }
}

static void
check_labels (GtkWidget *root, guint *n_labels)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && *gtk_label_get_text (GTK_LABEL (root)) != '\0')
    {
      (*n_labels)++;
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (root))));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_labels (child, n_labels);
}

static GtkWidget *
find_popover (GtkWidget *root)
{
  GtkWidget *found = GTK_IS_POPOVER (root) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_popover (child);
  return found;
}

/* "The personal represen…" and "The patient, under 16 …" are no choices. */
static void
test_choices_in_full (UiPerson *desk, gconstpointer data)
{
  static const char *const ROWS[] = { "What for", "Who agreed" };
  GtkWidget *popover = NULL;

  start (desk);
  ui_click (desk->view, "They agreed");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      GtkWidget *row = ui_find (desk->view, ADW_TYPE_COMBO_ROW, ROWS[i]);
      guint n_labels = 0;

      g_signal_emit_by_name (row, "activate");
      ui_settle (400);
      popover = find_popover (row);
      g_assert_nonnull (popover);
      check_labels (popover, &n_labels);
      g_assert_cmpuint (n_labels, >=, 8);
      ui_shot (i == 0 ? "form-8-what-for" : "form-8-who-agreed");
      gtk_popover_popdown (GTK_POPOVER (popover));
      ui_settle (100);
    }
}

/* A scan that cannot be kept keeps the permission out too, and all that was typed stays. */
static void
test_broken_scan (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GFile) broken = ui_person_write (desk, "form.png", "\x89PNG\r\n\x1a\n no picture", -1);
  g_autoptr (GFile) whole = ui_person_write (desk, "form.pdf", PDF, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (ImpPermission) permission = NULL;

  start (desk);
  ui_click (desk->view, "They agreed");
  ui_choose (desk->view, "What for", "One named publication");
  ui_type (desk->view, "Which publication?", "Journal of Examples");
  ui_choose (desk->view, "Who agreed", "The patient");
  ui_choose (desk->view, "Evidence", "The journal’s own form");
  choose_scan (desk, broken);
  ui_click (desk->view, "Record it");
  ui_settle (1500);
  ui_shot ("form-3-broken");
  none = imp_register_list_permissions (ui_person_register (desk), desk->person_id, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       ui_find (desk->view, GTK_TYPE_EDITABLE, "Which publication?"))),
                   ==, "Journal of Examples");
  choose_scan (desk, whole);
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "One named publication: Journal of Examples");
  permission = ui_person_newest (desk);
  g_assert_cmpstr (permission->scope, ==, "Journal of Examples");
}

static void
test_all_fields (UiPerson *desk, gconstpointer data)
{
  g_autofree char *older = ui_person_permit (desk, "teaching-closed");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = NULL;

  start (desk);
  g_assert_null (ui_find (desk->view, GTK_TYPE_EDITABLE, "Name of the witness"));
  ui_click (desk->view, "They agreed");
  ui_choose (desk->view, "What for", "One named social media platform");
  ui_type (desk->view, "Which platform?", "Mastodon");
  ui_type (desk->view, "Said on", "20 Nov 2026");
  ui_choose (desk->view, "Who agreed", "An attorney or a deputy");
  ui_type (desk->view, "Name of who decides (optional)", "EXAMPLE, Person B");
  ui_choose (desk->view, "Able to decide", "Not able to decide");
  ui_choose (desk->view, "Evidence", "Spoken, with a witness");
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "What makes this person the one to ask?"));
  ui_type (desk->view, "Relationship to the patient", "daughter");
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "How was that checked?"));
  ui_type (desk->view, "How that was checked", "power of attorney seen");
  ui_type (desk->view, "Which decision was assessed", "sharing of pictures");
  ui_type (desk->view, "Who assessed it", "EXAMPLE, Doctor C");
  ui_type (desk->view, "Assessed on", "19 Nov 2026");
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "Who witnessed it?"));
  ui_type (desk->view, "Name of the witness", "EXAMPLE, Nurse D");
  ui_type (desk->view, "Role of the witness", "ward sister");
  ui_type (desk->view, "Where it is filed (optional)", "folder 12");
  gtk_switch_set_active (GTK_SWITCH (ui_find (desk->view, GTK_TYPE_SWITCH, "May be recognisable")),
                         TRUE);
  ui_type (desk->view, "Ends on (empty: no end)", "3 May 2027");
  ui_type (desk->view, "Review on (empty: no review)", "1 Feb 2027");
  unfold (desk, "More about what was said");
  g_assert_null (ui_find (desk->view, GTK_TYPE_EDITABLE, "Who interpreted"));
  ui_choose (desk->view, "Only for this place (optional)", "Social media, open to all");
  ui_type (desk->view, "Its web address (optional)", "https://example.org/@ward");
  ui_type (desk->view, "Who is responsible there (optional)", "EXAMPLE Trust");
  ui_type (desk->view, "Information sheet, version", "Sheet 4, 2026");
  ui_type (desk->view, "Version of the picture they saw", "with the face covered");
  ui_type (desk->view, "Language it was explained in", "Polish");
  ui_type (desk->view, "Who interpreted", "EXAMPLE, Interpreter E");
  ui_choose (desk->view, "What it rests on (optional)", "Both of these");
  ui_type (desk->view, "More on that (optional)", "see the sheet");
  ui_type (desk->view, "First day, if later", "1 Dec 2026");
  {
    GtkWidget *replaces = ui_find (desk->view, ADW_TYPE_COMBO_ROW, "Replaces");

    adw_combo_row_set_selected (ADW_COMBO_ROW (replaces), 1);
  }
  g_assert_cmpuint (ui_count_unnamed (desk->view), ==, 0);
  ui_shot ("form-4-all");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "One named social media platform: Mastodon");
  {
    g_autoptr (GPtrArray) list =
        imp_register_list_permissions (ui_person_register (desk), desk->person_id, &error);

    g_assert_cmpuint (list->len, ==, 2);
    for (guint i = 0; i < list->len; i++)
      if (!g_str_equal (((ImpPermission *)list->pdata[i])->id, older))
        permission = imp_permission_copy (list->pdata[i]);
  }
#define SAME(member, value) g_assert_cmpstr (permission->member, ==, value)
  SAME (level, "social-media");
  SAME (scope, "Mastodon");
  SAME (given, "2026-11-20");
  SAME (given_by, "attorney-or-deputy");
  SAME (giver_name, "EXAMPLE, Person B");
  SAME (giver_relationship, "daughter");
  SAME (giver_check, "power of attorney seen");
  SAME (capacity, "lacks");
  SAME (capacity_decision, "sharing of pictures");
  SAME (capacity_assessor, "EXAMPLE, Doctor C");
  SAME (capacity_assessed, "2026-11-19");
  SAME (evidence, "verbal-with-witness");
  SAME (evidence_reference, "folder 12");
  SAME (witness_name, "EXAMPLE, Nurse D");
  SAME (witness_role, "ward sister");
  SAME (expires, "2027-05-03");
  SAME (review, "2027-02-01");
  SAME (destination, "social-media-open");
  SAME (destination_url, "https://example.org/@ward");
  SAME (controller, "EXAMPLE Trust");
  SAME (wording_version, "Sheet 4, 2026");
  SAME (image_version, "with the face covered");
  SAME (language, "Polish");
  SAME (interpreter, "EXAMPLE, Interpreter E");
  SAME (basis, "both");
  SAME (basis_note, "see the sheet");
  SAME (valid_from, "2026-12-01");
  SAME (replaces, older);
#undef SAME
  g_assert_true (permission->identifiable);
  g_assert_cmpint (ui_person_state_of (desk, older), ==, IMP_PERMISSION_SUPERSEDED);
}

/* Signed in the field with a real pointer: two lines, kept as lines. */
static void
test_signature (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (ImpStrokes) strokes = NULL;
  GtkWidget *area = NULL;
  guint n_points = 0;
  const ImpStrokePoint *points = NULL;

  start (desk);
  ui_click (desk->view, "They agreed");
  ui_choose (desk->view, "What for", "Teaching inside the organisation");
  ui_choose (desk->view, "Who agreed", "The patient");
  ui_choose (desk->view, "Evidence", "A signature on a screen");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Nobody has signed yet");
  area = ui_find (desk->view, GTK_TYPE_DRAWING_AREA, "Signature: nothing is drawn yet");
  g_assert_nonnull (area);
  ui_settle (300);
  ui_test_drag (area, 1, 20, 20, 120, 60);
  ui_test_drag (area, 1, 140, 20, 200, 80);
  g_assert_nonnull (ui_find (desk->view, GTK_TYPE_DRAWING_AREA, "Signature: drawn"));
  ui_shot ("form-5-signature");
  ui_click (desk->view, "Clear the signature");
  g_assert_nonnull (ui_find (desk->view, GTK_TYPE_DRAWING_AREA, "Signature: nothing is drawn yet"));
  ui_test_drag (area, 1, 20, 20, 120, 60);
  ui_test_drag (area, 1, 140, 20, 200, 80);
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "A signature on a screen");
  permission = ui_person_newest (desk);
  list = evidence_of (desk, permission);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpAttachment *)list->pdata[0])->media_type, ==,
                   "application/x-imprimatur-strokes");
  kept = imp_register_read_evidence (ui_person_register (desk),
                                     ((ImpAttachment *)list->pdata[0])->id, &error);
  strokes = imp_strokes_from_bytes (kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_strokes_get_n_lines (strokes), ==, 2);
  points = imp_strokes_get_line (strokes, 0, &n_points);
  g_assert_cmpuint (n_points, >=, 2);
  g_assert_cmpint (points[n_points - 1].x, >, points[0].x + 100);
  g_assert_cmpint (points[n_points - 1].y, >, points[0].y + 30);
}

/* Nothing is preselected, and what is on no record yet allows nothing. A paper that is there
 * already is kept with a draft, which does not ask for one. */
static void
test_offered_and_draft (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GFile) scan = ui_person_write (desk, "form.pdf", PDF, -1);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (ImpPermission) offered = NULL;
  g_autoptr (ImpPermission) draft = NULL;

  start (desk);
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "Did they agree, or refuse?"));
  ui_click (desk->view, "Asked, no answer yet");
  ui_choose (desk->view, "What for", "Publication, open to anyone on the web");
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "Who is asked?"));
  ui_choose (desk->view, "Who is asked", "The patient");
  ui_shot ("form-6-offered");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Offered, no answer yet");
  offered = ui_person_newest (desk);
  g_assert_cmpint (offered->state, ==, IMP_PERMISSION_OFFERED);
  g_assert_null (offered->evidence);
  ui_settle (1100); /* the newest is known by the second */
  ui_click (desk->view, "Record consent…");
  ui_click (desk->view, "Draft, not asked yet");
  ui_choose (desk->view, "What for", "Teaching inside the organisation");
  ui_choose (desk->view, "Who is asked", "The patient");
  ui_choose (desk->view, "Evidence", "A signed paper form");
  choose_scan (desk, scan);
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Draft · on");
  draft = ui_person_newest (desk);
  g_assert_cmpint (draft->state, ==, IMP_PERMISSION_DRAFT);
  g_assert_cmpstr (draft->evidence, ==, "signed-paper");
  kept = evidence_of (desk, draft);
  g_assert_cmpuint (kept->len, ==, 1);
}

/* A refusal is recorded with who refused: here not the patient. */
static void
test_refusal_of_a_parent (UiPerson *desk, gconstpointer data)
{
  g_autoptr (ImpPermission) permission = NULL;

  start (desk);
  ui_click (desk->view, "They refused");
  ui_choose (desk->view, "What for", "Teaching inside the organisation");
  ui_choose (desk->view, "Who refused", "Someone with parental responsibility");
  ui_type (desk->view, "Relationship to the patient", "mother");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Refused · on");
  permission = ui_person_newest (desk);
  g_assert_cmpstr (permission->given_by, ==, "parental-responsibility");
  g_assert_cmpstr (permission->giver_relationship, ==, "mother");
}

/* Who refused is taken to be the patient; who is asked, or agreed, is never taken for granted. */
static void
test_refused_then_offered (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) permissions = NULL;
  g_autoptr (ImpPermission) offered = NULL;

  start (desk);
  ui_click (desk->view, "They refused");
  ui_click (desk->view, "Asked, no answer yet");
  ui_choose (desk->view, "What for", "Teaching inside the organisation");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Who is asked?");
  ui_shot ("form-9-who-is-asked");
  permissions = imp_register_list_permissions (ui_person_register (desk), desk->person_id, NULL);
  g_assert_cmpuint (permissions->len, ==, 0);
  /* Who was chosen stays chosen. */
  ui_choose (desk->view, "Who is asked", "Someone with parental responsibility");
  ui_choose (desk->view, "Able to decide", "Not able to decide");
  ui_click (desk->view, "They refused");
  ui_click (desk->view, "Asked, no answer yet");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Offered, no answer yet");
  offered = ui_person_newest (desk);
  g_assert_cmpstr (offered->given_by, ==, "parental-responsibility");
}

/* Part of it still stands: what is left is recorded at once, and follows what was withdrawn. */
static void
test_withdrawn_in_part (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "publication-open-web");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) withdrawn = NULL;
  g_autoptr (GPtrArray) list = NULL;
  guint n_following = 0;

  imp_person_view_withdraw (IMP_PERSON_VIEW (desk->view), desk->person_id);
  ui_wait (ui_has_dialog, NULL, "the question what is withdrawn");
  ui_click (ui_dialog (), "A part still stands: I record it next");
  ui_respond ("go");
  ui_wait_for (desk->view, "Record what was said");
  ui_click (desk->view, "They agreed");
  ui_choose (desk->view, "What for", "Teaching inside the organisation");
  ui_choose (desk->view, "Who agreed", "The patient");
  ui_choose (desk->view, "Evidence", "A letter or an e-mail");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "A letter or an e-mail");
  withdrawn = imp_register_get_permission (ui_person_register (desk), id, &error);
  g_assert_true (withdrawn->withdrawn_partly);
  list = imp_register_list_permissions (ui_person_register (desk), desk->person_id, &error);
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (((ImpPermission *)list->pdata[i])->replaces, id) == 0)
      n_following++;
  g_assert_cmpuint (n_following, ==, 1);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test)                                                                            \
  g_test_add (path, UiPerson, NULL, ui_person_set_up, test, ui_person_tear_down)
  ADD ("/article/row-30/recorded-with-its-scan", test_with_scan);
  ADD ("/ui/permission-form/broken-scan-loses-nothing", test_broken_scan);
  ADD ("/ui/permission-form/error-in-sight", test_error_in_sight);
  ADD ("/ui/permission-form/choices-in-full", test_choices_in_full);
  ADD ("/ui/permission-form/all-fields", test_all_fields);
  ADD ("/ui/permission-form/signature", test_signature);
  ADD ("/article/row-23/no-answer-yet-allows-nothing", test_offered_and_draft);
  ADD ("/ui/permission-form/refusal-of-a-parent", test_refusal_of_a_parent);
  ADD ("/ui/permission-form/refused-then-offered", test_refused_then_offered);
  ADD ("/ui/permission-form/withdrawn-in-part", test_withdrawn_in_part);
#undef ADD
  return g_test_run ();
}
