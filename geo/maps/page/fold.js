// Spellings that readers do not tell apart are made the same before names are compared.

const FOLDS = [
  [/[\u0622\u0623\u0625\u0671]/g, "\u0627"],
  [/[\u0624]/g, "\u0648"],
  [/[\u0626\u0649\u06cc]/g, "\u064a"],
  [/[\u0629\u06c1\u06d5]/g, "\u0647"],
  [/[\u06a9]/g, "\u0643"],
  [/[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ""],
  [/[\u02be\u02bf\u2018\u2019'`]/g, ""],
  [/[^\p{L}\p{N}]+/gu, " "],
];

/** Return `text` without marks, case, hamza seats, final ta and ya, tatweel and punctuation. */
function fold(text) {
  let folded = (text ?? "").normalize("NFKC");
  for (const [pattern, letter] of FOLDS.slice(0, 5)) folded = folded.replace(pattern, letter);
  folded = folded.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  for (const [pattern, letter] of FOLDS.slice(5)) folded = folded.replace(pattern, letter);
  return folded.trim();
}
