//! Which regulators a plan with only some of them covers.

/// The regulators that a plan counts. Duties to others (FIU-IND, RBI's FEMA reports and the like follow a registration)
/// come with whichever is chosen.
pub const COUNTED: &[&str] = &["RBI", "SEBI", "IRDAI", "MCA", "PFRDA", "IFSCA"];

/// The regulators to plan for: what the firm chose, as far as the plan goes; without a choice the ones most clients
/// are with, in that order.
pub fn covered(limit: kernel::Limit, chosen: &[String], most_used: &[String]) -> Option<Vec<String>> {
    let room = usize::try_from(limit.get()).ok().filter(|room| *room < COUNTED.len())?;
    let mut covered: Vec<String> = Vec::new();
    let rest = COUNTED.iter().map(|regulator| (*regulator).to_owned());
    let candidates: Vec<String> =
        if chosen.is_empty() { most_used.iter().cloned().chain(rest).collect() } else { chosen.to_vec() };
    for regulator in candidates {
        if covered.len() < room && COUNTED.contains(&regulator.as_str()) && !covered.contains(&regulator) {
            covered.push(regulator);
        }
    }
    Some(covered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Limit;

    #[test]
    fn the_choice_counts_and_without_one_what_is_used_most() {
        let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let two = Limit::of(2);
        assert_eq!(covered(Limit::UNLIMITED, &[], &[]), None);
        assert_eq!(covered(Limit::of(6), &[], &[]), None);
        assert_eq!(covered(two, &texts(&["SEBI", "MCA"]), &texts(&["RBI"])), Some(texts(&["SEBI", "MCA"])));
        assert_eq!(covered(two, &[], &texts(&["MCA", "FIU-IND"])), Some(texts(&["MCA", "RBI"])));
        assert_eq!(
            covered(two, &texts(&["IRDAI", "IRDAI", "RBI", "MCA"]), &[]),
            Some(texts(&["IRDAI", "RBI"]))
        );
    }
}
