-- When an offer was answered is read with every permission: from few rows and by themselves, instead
-- of from all that ever happened to it.

CREATE INDEX event_answer ON event (subject_id, kind, old, at)
  WHERE kind = 'state' AND old = 'offered';
