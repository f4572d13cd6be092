//! Checks between the identifiers of one client, and between them and the record.

use crate::{Cin, CinClass, Gstin, Llpin, Pan, PanHolder};

/// What kind of person the client is, as far as identifiers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// Private limited company.
    PrivateCompany,
    /// Public limited company, not listed.
    PublicCompany,
    /// Listed company.
    ListedCompany,
    /// One person company.
    Opc,
    /// Limited liability partnership.
    Llp,
    /// Partnership firm.
    Partnership,
    /// Trust.
    Trust,
    /// Society.
    Society,
    /// Individual.
    Individual,
    /// Hindu undivided family.
    Huf,
    /// Foreign company.
    ForeignCompany,
    /// Anything else: nothing is checked against it.
    Other,
}

impl EntityKind {
    /// The kind for a record's key such as `private_company`.
    pub fn from_key(key: &str) -> Option<EntityKind> {
        Some(match key {
            "private_company" => EntityKind::PrivateCompany,
            "public_company" => EntityKind::PublicCompany,
            "listed_company" => EntityKind::ListedCompany,
            "opc" => EntityKind::Opc,
            "llp" => EntityKind::Llp,
            "partnership" => EntityKind::Partnership,
            "trust" => EntityKind::Trust,
            "society" => EntityKind::Society,
            "individual" => EntityKind::Individual,
            "huf" => EntityKind::Huf,
            "foreign_company" => EntityKind::ForeignCompany,
            "other" => EntityKind::Other,
            _ => return None,
        })
    }

    /// The kind with its article, e.g. `a private company`.
    pub const fn title(self) -> &'static str {
        match self {
            EntityKind::PrivateCompany => "a private company",
            EntityKind::PublicCompany => "a public company",
            EntityKind::ListedCompany => "a listed company",
            EntityKind::Opc => "a one person company",
            EntityKind::Llp => "an LLP",
            EntityKind::Partnership => "a partnership",
            EntityKind::Trust => "a trust",
            EntityKind::Society => "a society",
            EntityKind::Individual => "an individual",
            EntityKind::Huf => "a Hindu undivided family",
            EntityKind::ForeignCompany => "a foreign company",
            EntityKind::Other => "another kind of entity",
        }
    }

    fn is_indian_company(self) -> bool {
        matches!(
            self,
            EntityKind::PrivateCompany
                | EntityKind::PublicCompany
                | EntityKind::ListedCompany
                | EntityKind::Opc
        )
    }

    /// Holder types its PAN may carry; empty means any.
    fn holders(self) -> &'static [PanHolder] {
        match self {
            EntityKind::PrivateCompany
            | EntityKind::PublicCompany
            | EntityKind::ListedCompany
            | EntityKind::Opc
            | EntityKind::ForeignCompany => &[PanHolder::Company],
            EntityKind::Llp | EntityKind::Partnership => &[PanHolder::Firm],
            EntityKind::Trust => &[PanHolder::Trust],
            EntityKind::Society => &[
                PanHolder::AssociationOfPersons,
                PanHolder::Trust,
                PanHolder::BodyOfIndividuals,
                PanHolder::ArtificialJuridicalPerson,
            ],
            EntityKind::Individual => &[PanHolder::Individual],
            EntityKind::Huf => &[PanHolder::HinduUndividedFamily],
            EntityKind::Other => &[],
        }
    }
}

/// What is known about one client; every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// PAN of the client.
    pub pan: Option<Pan>,
    /// GSTIN of the client.
    pub gstin: Option<Gstin>,
    /// CIN of the client.
    pub cin: Option<Cin>,
    /// LLPIN of the client.
    pub llpin: Option<Llpin>,
    /// What kind of entity the record says it is.
    pub entity_kind: Option<EntityKind>,
    /// Year of the incorporation date on the record.
    pub incorporated_year: Option<i32>,
    /// Two letters of the state of the registered office, as in a CIN (`MH`).
    pub state: Option<String>,
}

/// How much a mismatch weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Both cannot be right.
    Error,
    /// Unusual but possible, e.g. registered for GST in another state.
    Warning,
}

/// Two things about a client that do not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The field to look at: `pan`, `gstin`, `cin` or `llpin`.
    pub field: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// A sentence for people.
    pub message: String,
}

/// Compares the identifiers with each other and with the record. Order: pan, gstin, cin, llpin.
pub fn cross_check(ids: &Identifiers) -> Vec<Mismatch> {
    let mut out = Vec::new();
    check_pan(ids, &mut out);
    check_gstin(ids, &mut out);
    check_cin(ids, &mut out);
    check_llpin(ids, &mut out);
    out
}

fn push(out: &mut Vec<Mismatch>, field: &'static str, severity: Severity, message: String) {
    out.push(Mismatch { field, severity, message });
}

fn check_pan(ids: &Identifiers, out: &mut Vec<Mismatch>) {
    let (Some(pan), Some(kind)) = (&ids.pan, ids.entity_kind) else { return };
    let wanted = kind.holders();
    if wanted.is_empty() || wanted.contains(&pan.holder()) {
        return;
    }
    let letters: Vec<String> = wanted.iter().map(|holder| holder.letter().to_string()).collect();
    push(
        out,
        "pan",
        Severity::Error,
        format!(
            "4th letter {} of the PAN means {}, but the client is {} ({} expected).",
            pan.holder().letter(),
            pan.holder().title(),
            kind.title(),
            letters.join(" or ")
        ),
    );
}

fn check_gstin(ids: &Identifiers, out: &mut Vec<Mismatch>) {
    let Some(gstin) = &ids.gstin else { return };
    let inside = gstin.pan();
    if let Some(pan) = &ids.pan {
        if inside != *pan {
            let message = format!("The PAN inside the GSTIN is {inside}, but the client's PAN is {pan}.");
            push(out, "gstin", Severity::Error, message);
        }
    } else if let Some(kind) = ids.entity_kind
        && !kind.holders().is_empty()
        && !kind.holders().contains(&inside.holder())
    {
        let message = format!(
            "4th letter {} of the PAN inside the GSTIN means {}, but the client is {}.",
            inside.holder().letter(),
            inside.holder().title(),
            kind.title()
        );
        push(out, "gstin", Severity::Error, message);
    }
    if let Some(cin) = &ids.cin
        && !cin.state().gst_codes.contains(&gstin.state().code)
    {
        let message = format!(
            "The GSTIN is of {}, the CIN of {}. Right if the client is registered for GST there too.",
            gstin.state().name,
            cin.state().name
        );
        push(out, "gstin", Severity::Warning, message);
    }
}

fn check_cin(ids: &Identifiers, out: &mut Vec<Mismatch>) {
    let Some(cin) = &ids.cin else { return };
    if let Some(kind) = ids.entity_kind {
        if !kind.is_indian_company() && kind != EntityKind::Other {
            let message = format!("Only companies have a CIN, but the client is {}.", kind.title());
            push(out, "cin", Severity::Error, message);
        } else {
            check_class(cin, kind, out);
        }
    }
    if let Some(year) = ids.incorporated_year
        && year != cin.year()
    {
        let message =
            format!("The CIN says incorporated in {}, but the incorporation date is in {year}.", cin.year());
        push(out, "cin", Severity::Error, message);
    }
    if let Some(state) = &ids.state
        && let Some(record) = crate::CinState::from_code(state.trim().to_ascii_uppercase().as_str())
        && !record.gst_codes.iter().any(|code| cin.state().gst_codes.contains(code))
    {
        let message = format!(
            "The CIN is of {}, but the registered office is in {}. Check whether the office moved.",
            cin.state().name,
            record.name
        );
        push(out, "cin", Severity::Warning, message);
    }
    if let Some(pan) = &ids.pan
        && ids.entity_kind.is_none()
        && pan.holder() != PanHolder::Company
    {
        let message =
            format!("A client with a CIN is a company, but its PAN is of a {}.", pan.holder().title());
        push(out, "cin", Severity::Error, message);
    }
}

fn check_class(cin: &Cin, kind: EntityKind, out: &mut Vec<Mismatch>) {
    use CinClass as C;
    let class = cin.class();
    // Government and not-for-profit companies may be private or public; the class does not tell.
    let either = matches!(class, C::Goi | C::Sgc | C::Npl);
    let fits = match kind {
        EntityKind::Opc => class == C::Opc,
        EntityKind::PrivateCompany => either || matches!(class, C::Ptc | C::Ftc | C::Gat | C::Ult),
        EntityKind::PublicCompany | EntityKind::ListedCompany => {
            either || matches!(class, C::Plc | C::Flc | C::Gap | C::Ull)
        }
        _ => true,
    };
    if !fits {
        let message =
            format!("The CIN says {} ({}), but the client is {}.", class.code(), class.title(), kind.title());
        push(out, "cin", Severity::Error, message);
    }
    let listed = kind == EntityKind::ListedCompany;
    if kind != EntityKind::Other && listed != cin.listed() {
        let says = if cin.listed() { "L (listed)" } else { "U (unlisted)" };
        let message = format!(
            "The CIN starts with {says}, but the client is {}. A CIN changes on listing: check that it is the current one.",
            kind.title()
        );
        push(out, "cin", Severity::Warning, message);
    }
}

fn check_llpin(ids: &Identifiers, out: &mut Vec<Mismatch>) {
    if ids.llpin.is_none() {
        return;
    }
    if let Some(kind) = ids.entity_kind
        && !matches!(kind, EntityKind::Llp | EntityKind::Other)
    {
        push(
            out,
            "llpin",
            Severity::Error,
            format!("Only LLPs have an LLPIN, but the client is {}.", kind.title()),
        );
    }
    if ids.cin.is_some() {
        let message =
            "The client has both a CIN and an LLPIN. A company has a CIN, an LLP an LLPIN.".to_owned();
        push(out, "llpin", Severity::Error, message);
    }
}
