-- The words around those that a correction is about.
--
-- Serves: corrections of words that an article has more than once ("Stop,", "12 people"). Which of them was meant
-- was told by their count alone, and a new revision that has them once more, further up, gave the correction
-- to another quote without a word.
ALTER TABLE corrections ADD COLUMN context TEXT;
