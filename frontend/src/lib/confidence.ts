// Grades of a source in words.
const GRADES: Record<string, string> = {
  P: 'Checked against the regulator’s own text',
  S: 'Checked against a published secondary text',
  V: 'Checked against a published text',
  M: 'Checked against a mirror of the circular',
  K: 'Known, not checked against a stored text',
  I: 'Your firm’s own, not law',
  U: 'Uncertain: ask counsel before relying on it',
};

/** A source grade in words; of a mixed one, the weaker part. */
export function confidenceWords(grade: string): string {
  return GRADES[grade.slice(-1)] ?? grade;
}
