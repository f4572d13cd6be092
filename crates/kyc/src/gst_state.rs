//! GST state codes: the first two digits of a GSTIN.

/// A state or other jurisdiction of GST registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GstState {
    /// The two digits, e.g. `27`.
    pub code: &'static str,
    /// The usual two letters, e.g. `MH`.
    pub short: &'static str,
    /// The name, e.g. `Maharashtra`.
    pub name: &'static str,
}

const fn state(code: &'static str, short: &'static str, name: &'static str) -> GstState {
    GstState { code, short, name }
}

/// Every code in use, with the two old ones (25, 28) that live registrations still carry.
pub const GST_STATES: [GstState; 40] = [
    state("01", "JK", "Jammu and Kashmir"),
    state("02", "HP", "Himachal Pradesh"),
    state("03", "PB", "Punjab"),
    state("04", "CH", "Chandigarh"),
    state("05", "UK", "Uttarakhand"),
    state("06", "HR", "Haryana"),
    state("07", "DL", "Delhi"),
    state("08", "RJ", "Rajasthan"),
    state("09", "UP", "Uttar Pradesh"),
    state("10", "BR", "Bihar"),
    state("11", "SK", "Sikkim"),
    state("12", "AR", "Arunachal Pradesh"),
    state("13", "NL", "Nagaland"),
    state("14", "MN", "Manipur"),
    state("15", "MZ", "Mizoram"),
    state("16", "TR", "Tripura"),
    state("17", "ML", "Meghalaya"),
    state("18", "AS", "Assam"),
    state("19", "WB", "West Bengal"),
    state("20", "JH", "Jharkhand"),
    state("21", "OD", "Odisha"),
    state("22", "CG", "Chhattisgarh"),
    state("23", "MP", "Madhya Pradesh"),
    state("24", "GJ", "Gujarat"),
    state("25", "DD", "Daman and Diu (old)"),
    state("26", "DN", "Dadra and Nagar Haveli and Daman and Diu"),
    state("27", "MH", "Maharashtra"),
    state("28", "AP", "Andhra Pradesh (old)"),
    state("29", "KA", "Karnataka"),
    state("30", "GA", "Goa"),
    state("31", "LD", "Lakshadweep"),
    state("32", "KL", "Kerala"),
    state("33", "TN", "Tamil Nadu"),
    state("34", "PY", "Puducherry"),
    state("35", "AN", "Andaman and Nicobar Islands"),
    state("36", "TS", "Telangana"),
    state("37", "AP", "Andhra Pradesh"),
    state("38", "LA", "Ladakh"),
    state("97", "OT", "Other territory"),
    state("99", "CJ", "Centre jurisdiction"),
];

impl GstState {
    /// The state for a two-digit code.
    pub fn from_code(code: &str) -> Option<&'static GstState> {
        GST_STATES.iter().find(|state| state.code == code)
    }
}
