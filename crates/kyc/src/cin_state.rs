//! State codes of the registrars of companies, as they stand in a CIN.

/// A registrar's state code in a CIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CinState {
    /// The two letters, e.g. `MH`.
    pub code: &'static str,
    /// The state, e.g. `Maharashtra`.
    pub name: &'static str,
    /// GST state codes of registrations one expects for a company of this registrar.
    pub gst_codes: &'static [&'static str],
}

const fn state(code: &'static str, name: &'static str, gst_codes: &'static [&'static str]) -> CinState {
    CinState { code, name, gst_codes }
}

/// Codes seen in live CINs (PN, TG, UR, TZ and older spellings among them).
const STATES: [CinState; 46] = [
    state("AN", "Andaman and Nicobar Islands", &["35"]),
    state("AP", "Andhra Pradesh", &["37", "28", "36"]),
    state("AR", "Arunachal Pradesh", &["12"]),
    state("AS", "Assam", &["18"]),
    state("BR", "Bihar", &["10"]),
    state("CG", "Chhattisgarh", &["22"]),
    state("CH", "Chandigarh", &["04"]),
    state("CT", "Chhattisgarh", &["22"]),
    state("DD", "Daman and Diu", &["25", "26"]),
    state("DH", "Dadra and Nagar Haveli and Daman and Diu", &["25", "26"]),
    state("DL", "Delhi", &["07"]),
    state("DN", "Dadra and Nagar Haveli", &["26"]),
    state("GA", "Goa", &["30"]),
    state("GJ", "Gujarat", &["24"]),
    state("HP", "Himachal Pradesh", &["02"]),
    state("HR", "Haryana", &["06"]),
    state("JH", "Jharkhand", &["20"]),
    state("JK", "Jammu and Kashmir", &["01", "38"]),
    state("KA", "Karnataka", &["29"]),
    state("KL", "Kerala", &["32"]),
    state("LA", "Ladakh", &["38"]),
    state("LD", "Lakshadweep", &["31"]),
    state("LH", "Ladakh", &["38"]),
    state("MH", "Maharashtra", &["27"]),
    state("ML", "Meghalaya", &["17"]),
    state("MN", "Manipur", &["14"]),
    state("MP", "Madhya Pradesh", &["23", "22"]),
    state("MZ", "Mizoram", &["15"]),
    state("NL", "Nagaland", &["13"]),
    state("OD", "Odisha", &["21"]),
    state("OR", "Odisha", &["21"]),
    state("PB", "Punjab", &["03"]),
    state("PN", "Maharashtra (Pune)", &["27"]),
    state("PY", "Puducherry", &["34"]),
    state("RJ", "Rajasthan", &["08"]),
    state("SK", "Sikkim", &["11"]),
    state("TG", "Telangana", &["36"]),
    state("TN", "Tamil Nadu", &["33"]),
    state("TR", "Tripura", &["16"]),
    state("TS", "Telangana", &["36"]),
    state("TZ", "Tamil Nadu (Coimbatore)", &["33"]),
    state("UP", "Uttar Pradesh", &["09", "05"]),
    state("UR", "Uttarakhand", &["05"]),
    state("UT", "Uttarakhand", &["05"]),
    state("UK", "Uttarakhand", &["05"]),
    state("WB", "West Bengal", &["19"]),
];

impl CinState {
    /// The state for two letters of a CIN.
    pub fn from_code(code: &str) -> Option<&'static CinState> {
        STATES.iter().find(|state| state.code == code)
    }

    pub(crate) const UNKNOWN: CinState = state("", "", &[]);
}
