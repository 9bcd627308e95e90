/* A form of two pages as PDF, the least that a viewer opens: words in a font that it does not
 * bring. */
#pragma once

#define UI_FORM                                                                                    \
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"                                         \
  "2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj\n"                                       \
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 4 0 R"                          \
  "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"                                                      \
  "4 0 obj<</Length 61>>stream\n"                                                                  \
  "BT /F 20 Tf 40 440 Td (I agree to what is written here) Tj ET \n"                               \
  "endstream endobj\n"                                                                             \
  "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"                                 \
  "6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 7 0 R"                          \
  "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"                                                      \
  "7 0 obj<</Length 61>>stream\n"                                                                  \
  "BT /F 20 Tf 40 440 Td (Signed: A. Synthetic, witnessed ) Tj ET\n"                               \
  "endstream endobj\n"                                                                             \
  "trailer<</Root 1 0 R>>\n%%EOF\n"
