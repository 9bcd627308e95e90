/* What a patient is given on paper: the consent form, the withdrawal slip, her copy of what is
 * recorded, and the letter that asks somebody else to take a picture down.
 *
 * Owns: their words and their wording version.
 * May include: core, the register's types.  Must never: touch the register or a file. */
#pragma once

#include "imp-permission.h"
#include "imp-person.h"
#include "imp-sheet.h"

G_BEGIN_DECLS

/* Recorded with a permission: which words the person had before her. A change of the form's words
 * that changes what is agreed to makes a new one. */
#define IMP_FORM_WORDING "Imprimatur form 1, November 2026"

/**
 * ImpFormSite:
 * @organisation: (nullable): who asks
 * @contact: (nullable): whom to turn to
 */
typedef struct
{
  const char *organisation;
  const char *contact;
} ImpFormSite;

/**
 * ImpTakedown: what is asked of somebody who shows a picture
 * @recipient: (nullable): who that is
 * @where: (nullable): the URL, DOI or place
 * @reference: our reference: the export's random id
 * @published: (nullable): the day it left
 * @sha256: (nullable): of the file as it left
 * @today: the letter's day
 */
typedef struct
{
  const char *recipient;
  const char *where;
  const char *reference;
  const char *published;
  const char *sha256;
  const char *today;
} ImpTakedown;

const char *imp_form_level_name (const char *level);
const char *imp_form_state_name (ImpPermissionState state);
const char *imp_form_destination_name (const char *destination);
const char *imp_form_task_name (const char *reason);
char *imp_form_day (const char *text);
char *imp_form_moment (const char *at);
void imp_form_add_day (ImpSheet *sheet, const char *label, const char *day);
void imp_form_add_permission (ImpSheet *sheet, const ImpPermission *permission, const char *today);

GBytes *imp_form_consent (const ImpFormSite *site, const ImpPerson *person, GError **error);
GBytes *imp_form_withdrawal (const ImpFormSite *site, const ImpPerson *person, GError **error);
GBytes *imp_form_copy (const ImpFormSite *site, const ImpPerson *person, GPtrArray *permissions,
                       const char *today, GError **error);
GBytes *imp_form_takedown (const ImpFormSite *site, const ImpTakedown *takedown, GError **error);

G_END_DECLS
