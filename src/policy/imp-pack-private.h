/* The inside of a parsed pack, for the evaluation alone. */
#pragma once

#include "imp-condition-private.h"
#include "imp-json-map-private.h"

G_BEGIN_DECLS

/* A question that only one answer satisfies, and what is said of any other. */
typedef struct
{
  ImpQuestion *question; /* owned; what front ends see */
  char **routes;
  char **destinations;
  ImpCondition *needed; /* nullable: when a question that is not always asked is needed */
  ImpReason *insists;   /* nullable: said where the answer is not the clearing one */
  char *use;            /* nullable: what it is for besides the rows */
  char *place;          /* "pack.questions[3]" */
} ImpPackQuestion;

/* One part of a row: all parts whose condition holds add up. */
typedef struct
{
  ImpCondition *when;
  ImpReason *says; /* its rule, outcome, reason, source and lift */
  char **confirm;  /* nullable: keys of the questions whose answers confirm it */
  char *authority; /* nullable: which a second person needs to decide it */
} ImpPackCase;

typedef struct
{
  guint number;
  char **routes;
  char **destinations;
  gboolean basis; /* a picture may rest on it: where no such row matches, the answer is no */
  GPtrArray *cases;
  char *source; /* where it comes from */
  char *place;  /* "pack.rows[3]" */
} ImpPackRow;

struct _ImpPack
{
  GObject parent_instance;

  char *id;
  char *version;
  char *title;
  char *hash;
  GBytes *json;
  char *summary;
  char *guardian;  /* nullable */
  char *review_by; /* nullable, YYYY-MM-DD */
  char **destinations;
  GHashTable *covers;    /* "level/destination" -> "yes" "named" "area" */
  GPtrArray *questions;  /* ImpPackQuestion */
  GPtrArray *rows;       /* ImpPackRow, by number */
  GPtrArray *references; /* GVariant (sss): name, version, date */
  ImpJsonMap *map;       /* the lines of the text it was parsed from */
};

void imp_pack_question_free (ImpPackQuestion *question);
void imp_pack_case_free (ImpPackCase *part);
void imp_pack_row_free (ImpPackRow *row);

gboolean imp_pack_question_is_for (const ImpPackQuestion *question, const char *route,
                                   const char *destination);
const ImpPackQuestion *imp_pack_find_question (ImpPack *self, const char *key);
const char *imp_pack_covers (ImpPack *self, const char *level, const char *destination);
gboolean imp_pack_fill (ImpPack *self, JsonNode *root, GError **error);
gboolean imp_pack_check (ImpPack *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPackQuestion, imp_pack_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPackCase, imp_pack_case_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPackRow, imp_pack_row_free)

G_END_DECLS
