#include <json-glib/json-glib.h>
#include <math.h>
#include <pwd.h>
#include <unistd.h>

#include "imp-approval.h"
#include "imp-config.h"
#include "imp-receipt-private.h"

#define PERMANENCE                                                                                 \
  "Once published this picture cannot be taken back: patients, families, colleagues and "          \
  "employers may see it for years."

/**
 * imp_receipt_free:
 * @receipt: (transfer full) (nullable): a receipt
 */
void
imp_receipt_free (ImpReceipt *receipt)
{
  if (receipt == NULL)
    return;
  g_free (receipt->ledger_id);
  g_free (receipt->sha256);
  g_free (receipt->digest);
  g_free (receipt->route);
  g_free (receipt->destination);
  g_free (receipt->basis);
  g_free (receipt->format);
  g_free (receipt->voi);
  g_strfreev (receipt->overlays_drawn);
  g_strfreev (receipt->overlays_hidden);
  g_free (receipt->margin_codec);
  g_strfreev (receipt->rules);
  g_clear_pointer (&receipt->boxes_as_filled, g_array_unref);
  g_free (receipt->pack);
  g_free (receipt->chain_head);
  g_free (receipt->at);
  g_free (receipt->origin);
  g_clear_pointer (&receipt->left, g_ptr_array_unref);
  g_clear_pointer (&receipt->accepted, g_array_unref);
  g_free (receipt->second);
  g_free (receipt->proof);
  g_strfreev (receipt->removed);
  g_free (receipt->permanence);
  g_free (receipt->json);
  g_free (receipt);
}

static char *
basis_of (const ImpCase *the_case)
{
  const ImpPermission *permission = the_case->permission;

  if (permission == NULL)
    return g_strdup ("nobody could be identified: every question about that was answered, and none "
                     "forbids it");
  if (permission->expires != NULL)
    return g_strdup_printf ("consent: %s, given %s, until %s, evidence %s", permission->level,
                            permission->given, permission->expires, permission->evidence);
  return g_strdup_printf ("consent: %s, given %s, without end date, evidence %s", permission->level,
                          permission->given, permission->evidence);
}

static char *
origin_of (const ImpCase *the_case)
{
  const struct passwd *user = NULL;

  if (the_case->request->origin == IMP_ORIGIN_APP)
    return g_strdup ("answers given at the desk");
  user = getpwuid (getuid ());
  return g_strdup_printf ("answers given by a script, OS user %s",
                          user != NULL ? user->pw_name : "unknown");
}

static char *
proof_of (const ImpCase *the_case, const ImpVerifyReport *report)
{
  int margin = 0;
  const char *codec = imp_case_get_margin (the_case, &margin);
  g_autofree char *note =
      codec != NULL ? g_strdup_printf ("; the source was compressed (%s) without a block grid: "
                                       "boxes are widened by a margin of %d pixels, not a proof",
                                       codec, margin)
      : imp_case_is_lossless_claimed (the_case)
          ? g_strdup ("; the source calls its compression lossless: where that is untrue, traces "
                      "may stay outside the boxes")
      : imp_case_is_shades_shared (the_case)
          ? g_strdup ("; the source's 32-bit pixels may have more shades than are told apart: what "
                      "is covered may have moved those outside the boxes a little")
          : g_strdup ("");

  if (!the_case->request->jpeg)
    return g_strdup_printf ("read back: every covered pixel is the fill, every other equals the "
                            "rendering%s",
                            note);
  if (isinf (report->psnr))
    return g_strdup_printf ("read back: equal to the rendering outside the boxes%s", note);
  return g_strdup_printf ("read back: PSNR %.1f dB outside the boxes, worst block %.1f dB at "
                          "%d,%d%s",
                          report->psnr, report->worst_psnr, report->worst_x, report->worst_y, note);
}

/* Overlays are told apart, as some may be drawn: "overlay 6002" is a hidden one. */
static char **
removed_kinds (const ImpCase *the_case)
{
  GPtrArray *giveaways = imp_facts_get_giveaways (imp_source_get_facts (the_case->request->source));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) hidden = imp_case_list_overlays (the_case, FALSE);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **kinds = NULL;

  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (giveaways, i);

      if (!g_str_equal (giveaway->kind, "overlay") && g_hash_table_add (seen, giveaway->kind))
        g_strv_builder_add (builder, giveaway->kind);
    }
  for (guint i = 0; hidden[i] != NULL; i++)
    {
      g_autofree char *kind = g_strconcat ("overlay ", hidden[i], NULL);

      g_strv_builder_add (builder, kind);
    }
  kinds = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return kinds;
}

static char **
copy_rules (const ImpCase *the_case)
{
  GPtrArray *rules = the_case->verdict->rules;
  GStrvBuilder *builder = g_strv_builder_new ();
  char **copy = NULL;

  for (guint i = 0; i < rules->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (rules, i));
  copy = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return copy;
}

/**
 * _imp_receipt_new:
 * @the_case: a judged case that is allowed
 * @report: the proof of its bytes
 * @export_id: the export's random id
 *
 * Returns: (transfer full): the receipt, but for the moment and the chain's head, which
 *   _imp_receipt_complete() adds
 */
ImpReceipt *
_imp_receipt_new (const ImpCase *the_case, const ImpVerifyReport *report, const char *export_id)
{
  ImpReceipt *self = g_new0 (ImpReceipt, 1);

  self->ledger_id = g_strdup (export_id);
  self->sha256 = g_strdup (report->sha256);
  self->digest = g_strdup (the_case->digest);
  self->route = g_strdup (the_case->request->route);
  self->destination = g_strdup (the_case->request->destination);
  self->basis = basis_of (the_case);
  self->format = g_strdup (report->format);
  self->width = report->width;
  self->height = report->height;
  self->page = imp_facts_get_page (imp_source_get_facts (the_case->request->source)) + 1;
  self->frame = the_case->request->frame_number + 1;
  self->seen_share = the_case->request->seen_share;
  self->voi = g_strdup (the_case->voi);
  self->overlays_drawn = imp_case_list_overlays (the_case, TRUE);
  self->overlays_hidden = imp_case_list_overlays (the_case, FALSE);
  self->rules = copy_rules (the_case);
  self->boxes_as_filled = g_array_ref (the_case->filled);
  self->lossless_claimed = imp_case_is_lossless_claimed (the_case);
  self->shades_shared = imp_case_is_shades_shared (the_case);
  self->margin_codec = g_strdup (imp_case_get_margin (the_case, &self->margin));
  self->pack =
      g_strdup_printf ("%s %s %s", imp_pack_get_id (the_case->pack),
                       imp_pack_get_version (the_case->pack), imp_pack_get_hash (the_case->pack));
  self->origin = origin_of (the_case);
  self->by_script = the_case->request->origin == IMP_ORIGIN_SCRIPT;
  self->left = g_ptr_array_ref (the_case->left);
  self->accepted = g_array_ref (the_case->request->accepted);
  self->second = the_case->approval != NULL ? g_strdup (the_case->approval->row_id) : NULL;
  self->proof = proof_of (the_case, report);
  self->removed = removed_kinds (the_case);
  self->permanence = imp_case_is_public (the_case) ? g_strdup (PERMANENCE) : NULL;
  return self;
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_strv (JsonBuilder *builder, const char *name, char **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_rect (JsonBuilder *builder, const ImpRect *rect)
{
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, rect->x);
  json_builder_add_int_value (builder, rect->y);
  json_builder_add_int_value (builder, rect->width);
  json_builder_add_int_value (builder, rect->height);
  json_builder_end_array (builder);
}

static void
add_rects (JsonBuilder *builder, const char *name, GArray *rects)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < rects->len; i++)
    add_rect (builder, &g_array_index (rects, ImpRect, i));
  json_builder_end_array (builder);
}

/* What the picture still shows: where, and why that may be; never what it says. */
static void
add_left (JsonBuilder *builder, GPtrArray *left)
{
  json_builder_set_member_name (builder, "left_in_view");
  json_builder_begin_array (builder);
  for (guint i = 0; i < left->len; i++)
    {
      const ImpSuggestion *each = g_ptr_array_index (left, i);
      const ImpSuggestionReason *first = g_ptr_array_index (each->reasons, 0);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "region");
      add_rect (builder, &each->rect);
      add_string (builder, "reason", imp_why_to_text (first->why));
      add_string (builder, "stays_as",
                  each->keep != IMP_KEEP_NO ? imp_keep_to_text (each->keep) : "acknowledged");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
finish (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, pretty);
}

static void
add_common (JsonBuilder *builder, const ImpReceipt *self)
{
  add_string (builder, "sha256", self->sha256);
  add_string (builder, "digest", self->digest);
  add_string (builder, "route", self->route);
  add_string (builder, "destination", self->destination);
  add_string (builder, "basis", self->basis);
  add_string (builder, "format", self->format);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, self->width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, self->height);
  json_builder_set_member_name (builder, "page");
  json_builder_add_int_value (builder, self->page);
  json_builder_set_member_name (builder, "frame");
  json_builder_add_int_value (builder, self->frame);
  json_builder_set_member_name (builder, "seen_share");
  if (self->seen_share >= 0)
    json_builder_add_int_value (builder, self->seen_share);
  else
    json_builder_add_null_value (builder);
  add_string (builder, "voi", self->voi);
  add_strv (builder, "overlays_drawn", self->overlays_drawn);
  add_strv (builder, "overlays_hidden", self->overlays_hidden);
  add_strv (builder, "rules", self->rules);
  add_rects (builder, "boxes_as_filled", self->boxes_as_filled);
  add_rects (builder, "boxes_suggested", self->accepted);
  add_string (builder, "suggestions_accepted_by",
              self->accepted->len == 0 ? NULL
              : self->by_script        ? "a script"
                                       : "a person");
  add_left (builder, self->left);
  add_string (builder, "assurance",
              self->margin_codec != NULL                      ? "margin"
              : self->lossless_claimed || self->shades_shared ? "claim"
                                                              : "proof");
  add_string (builder, "margin_codec", self->margin_codec);
  json_builder_set_member_name (builder, "margin");
  json_builder_add_int_value (builder, self->margin);
  add_string (builder, "pack", self->pack);
  add_string (builder, "answered_by", self->origin);
  add_string (builder, "second_person", self->second);
  add_string (builder, "proof", self->proof);
}

/**
 * _imp_receipt_complete:
 * @self: a receipt
 * @done: the ledger's done row
 *
 * Adds the moment and the head of the chain, and writes the receipt's text.
 */
void
_imp_receipt_complete (ImpReceipt *self, const ImpLedgerRow *done)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  self->at = g_strdup (done->at);
  self->chain_head = g_strdup (done->hash);
  json_builder_begin_object (builder);
  add_string (builder, "receipt", "Imprimatur " IMP_VERSION);
  add_string (builder, "ledger_id", self->ledger_id);
  add_string (builder, "at", self->at);
  add_common (builder, self);
  add_strv (builder, "removed", self->removed);
  add_string (builder, "permanence", self->permanence);
  add_string (builder, "chain_head", self->chain_head);
  self->json = finish (builder, TRUE);
}

static void
add_case (JsonBuilder *builder, const ImpCase *the_case)
{
  const ImpRequest *request = the_case->request;

  add_string (builder, "person", the_case->person_ref);
  add_string (builder, "permission",
              the_case->permission != NULL ? the_case->permission->id : NULL);
  add_string (builder, "rendering_sha256", the_case->rendering_sha256);
  add_rects (builder, "boxes", request->boxes);
  json_builder_set_member_name (builder, "decision");
  json_builder_add_value (builder, json_from_string (the_case->decision, NULL));
}

/**
 * _imp_receipt_ledger_body:
 * @self: a receipt
 * @the_case: its case
 *
 * Returns: (transfer full): the body of the ledger's intent row: no identifier, the person by
 *   random id only, and what was decided as imp_decision_write() has it
 */
char *
_imp_receipt_ledger_body (const ImpReceipt *self, const ImpCase *the_case)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_common (builder, self);
  add_case (builder, the_case);
  return finish (builder, FALSE);
}

/**
 * _imp_case_refusal_body:
 * @self: a case that was refused
 *
 * Returns: (transfer full): the body of the ledger's refused row
 */
char *
_imp_case_refusal_body (const ImpCase *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "digest", self->digest);
  add_string (builder, "route", self->request->route);
  add_string (builder, "destination", self->request->destination);
  add_string (builder, "pack", imp_pack_get_hash (self->pack));
  json_builder_set_member_name (builder, "refused_by");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->reasons->len; i++)
    json_builder_add_string_value (builder,
                                   ((ImpReason *)g_ptr_array_index (self->reasons, i))->rule);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "frame");
  json_builder_add_int_value (builder, self->request->frame_number + 1);
  add_case (builder, self);
  return finish (builder, FALSE);
}

/**
 * _imp_case_texts:
 * @self: a case
 *
 * Gives what goes to the ledger's erasable side table: every answer (some are free text), the
 * words, the target and the source's hash.
 *
 * Returns: (transfer floating): an a{ss}
 */
GVariant *
_imp_case_texts (const ImpCase *self)
{
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = g_strconcat ("answer:", key, NULL);

      g_variant_builder_add (&texts, "{ss}", name, (const char *)value);
    }
  if (self->request->caption != NULL)
    g_variant_builder_add (&texts, "{ss}", "caption", self->request->caption);
  if (self->request->alt != NULL)
    g_variant_builder_add (&texts, "{ss}", "alt", self->request->alt);
  if (self->request->target != NULL && g_file_peek_path (self->request->target) != NULL)
    {
      g_autofree char *path =
          g_filename_to_utf8 (g_file_peek_path (self->request->target), -1, NULL, NULL, NULL);
      g_autofree char *uri = g_file_get_uri (self->request->target);

      /* The URI is exact for every name, the path is for reading. */
      g_variant_builder_add (&texts, "{ss}", "target-uri", uri);
      if (path != NULL)
        g_variant_builder_add (&texts, "{ss}", "target", path);
    }
  g_variant_builder_add (&texts, "{ss}", "source-sha256",
                         imp_source_get_sha256 (self->request->source));
  return g_variant_builder_end (&texts);
}
