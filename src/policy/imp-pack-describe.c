/* A pack as people read it: what it is called, and its rows with their sources. */
#include "imp-pack-private.h"

/**
 * imp_pack_get_json:
 * @self: a pack
 *
 * Returns: (transfer none): the bytes that it was parsed from, and that its hash is of
 */
GBytes *
imp_pack_get_json (ImpPack *self)
{
  return self->json;
}

/**
 * imp_pack_get_summary:
 * @self: a pack
 *
 * Returns: (transfer none): what it does, in plain words
 */
const char *
imp_pack_get_summary (ImpPack *self)
{
  return self->summary;
}

/**
 * imp_pack_get_guardian:
 * @self: a pack
 *
 * Returns: (transfer none) (nullable): the site's Caldicott Guardian, where it names one
 */
const char *
imp_pack_get_guardian (ImpPack *self)
{
  return self->guardian;
}

/**
 * imp_pack_get_review_by:
 * @self: a pack
 *
 * Returns: (transfer none) (nullable): the day by which the site wants to look at it again,
 *   YYYY-MM-DD (article row 17)
 */
const char *
imp_pack_get_review_by (ImpPack *self)
{
  return self->review_by;
}

static GVariant *
describe_cases (const ImpPackRow *row)
{
  g_auto (GVariantBuilder) cases = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));

  for (guint i = 0; i < row->cases->len; i++)
    {
      const ImpPackCase *part = g_ptr_array_index (row->cases, i);

      g_variant_builder_add (&cases, "(sss)", imp_outcome_to_text (part->says->outcome),
                             part->says->reason, part->says->lift);
    }
  return g_variant_builder_end (&cases);
}

/**
 * imp_pack_describe_rows:
 * @self: a pack
 *
 * Returns: (transfer floating): an aa{sv}, a dictionary for each row, by number: row u, pack s (its
 *   id and version), source s, basis b, routes as, destinations as, cases a(sss): outcome, reason,
 *   what lifts it
 */
GVariant *
imp_pack_describe_rows (ImpPack *self)
{
  g_auto (GVariantBuilder) rows = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autofree char *pack = g_strdup_printf ("%s %s", self->id, self->version);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ImpPackRow *row = g_ptr_array_index (self->rows, i);
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

      g_variant_dict_insert (&dict, "row", "u", row->number);
      g_variant_dict_insert (&dict, "pack", "s", pack);
      g_variant_dict_insert (&dict, "source", "s", row->source);
      g_variant_dict_insert (&dict, "basis", "b", row->basis);
      g_variant_dict_insert (&dict, "routes", "^as", row->routes);
      g_variant_dict_insert (&dict, "destinations", "^as", row->destinations);
      g_variant_dict_insert_value (&dict, "cases", describe_cases (row));
      g_variant_builder_add_value (&rows, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&rows);
}

/**
 * imp_pack_describe_references:
 * @self: a pack
 *
 * Returns: (transfer full): an a(sss): what it follows, in which version (may be ""), of which day
 *   (article row 2)
 */
GVariant *
imp_pack_describe_references (ImpPack *self)
{
  return g_variant_ref_sink (g_variant_new_array (
      G_VARIANT_TYPE ("(sss)"), (GVariant *const *)self->references->pdata, self->references->len));
}

/**
 * imp_pack_list_questions:
 * @self: a pack
 *
 * Returns: (transfer container) (element-type ImpQuestion): every question that it asks of any use,
 *   in the wizard's order, owned by @self
 */
GPtrArray *
imp_pack_list_questions (ImpPack *self)
{
  GPtrArray *questions = g_ptr_array_sized_new (self->questions->len);

  for (guint i = 0; i < self->questions->len; i++)
    g_ptr_array_add (questions,
                     ((const ImpPackQuestion *)g_ptr_array_index (self->questions, i))->question);
  return questions;
}
