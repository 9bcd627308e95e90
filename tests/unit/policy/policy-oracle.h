/* The decision table of policy.md 2.4 a second time, written by hand in plain conditions: it
 * shares neither code nor data with the pack, so that each checks the other. */
#pragma once

#include <glib.h>

typedef struct
{
  gboolean consent;
  int destination; /* 0 internal meeting, 1 teaching file, 2 publication, 3 research, 4 social */
  /* 0 no, 1 yes, 2 not sure */
  int child;
  int deceased;
  int lacks_capacity;
  int age; /* -1 unknown */
  gboolean unusual, known, place, face, recognised, head_3d, case_report, photograph;
  gboolean untraceable;
  int level; /* of imp levels below; 0 for no permission */
  int giver; /* 0 patient, 1 parental responsibility, 2 relative */
  gboolean identifiable_allowed;
  gboolean reason_given;
  gboolean second_person_on_social; /* row 15 of uk-standard, with a Guardian */
  gboolean guardian;
} OracleCase;

typedef struct
{
  int outcome; /* 0 allow, 1 confirm, 2 second person, 3 refuse */
  gboolean allowed;
} OracleVerdict;

OracleVerdict oracle_decide (const OracleCase *c);
