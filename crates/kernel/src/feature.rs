//! What a plan may switch on: the list of features, and a set of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $title:literal);+ $(;)?) => {
        /// One thing that a plan has or has not. The text is what plans, claims and the API say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Feature { $($(#[$doc])* $name),+ }
        impl Feature {
            /// Every feature, in the order of the plan page.
            pub const ALL: &'static [Feature] = &[$(Feature::$name),+];
            /// The stable name, `esign_aadhaar`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Feature::$name => $text),+ }
            }
            /// The name that people read, at the start of a sentence.
            pub const fn title(self) -> &'static str {
                match self { $(Feature::$name => $title),+ }
            }
        }
    };
}

features! {
    /// Approval by a second person. How many levels is a limit of its own.
    MakerChecker = "maker_checker", "Maker-checker";
    /// Roles that the firm composes itself.
    CustomRoles = "custom_roles", "Custom roles";
    /// Signing by a one-time password.
    EsignOtp = "esign_otp", "eSign by one-time password";
    /// Signing with Aadhaar.
    EsignAadhaar = "esign_aadhaar", "Aadhaar eSign";
    /// Signing with a digital signature certificate.
    EsignDsc = "esign_dsc", "Digital signature certificates";
    /// Rules that act by themselves.
    WorkflowEngine = "workflow_engine", "Workflows";
    /// Workflows made for one firm.
    CustomWorkflows = "custom_workflows", "Custom workflows";
    /// The REST API with keys.
    ApiAccess = "api_access", "API access";
    /// Sign-in with the firm's own directory.
    SsoSaml = "sso_saml", "Single sign-on";
    /// Files in the regulators' machine formats.
    CosmosXbrl = "cosmos_xbrl", "COSMOS and XBRL files";
    /// The client portal under the firm's own name.
    WhiteLabelPortal = "white_label_portal", "White-label portal";
    /// Mail to people and clients.
    EmailNotifications = "email_notifications", "Email notifications";
    /// Alerts by SMS.
    SmsAlerts = "sms_alerts", "SMS alerts";
    /// Messages to clients by SMS.
    SmsNotifications = "sms_notifications", "SMS notifications";
    /// Alerts by WhatsApp.
    WhatsappAlerts = "whatsapp_alerts", "WhatsApp alerts";
    /// Conversations by WhatsApp that run by themselves.
    WhatsappAutomation = "whatsapp_automation", "WhatsApp automation";
    /// Advising clients.
    Consulting = "consulting", "Consulting";
    /// Projects for software.
    SoftwareServices = "software_services", "Software services";
    /// Invoices to clients.
    Invoicing = "invoicing", "Invoicing";
    /// GST on invoices.
    GstFeatures = "gst_features", "GST on invoices";
    /// The usual reports.
    AnalyticsBasic = "analytics_basic", "Basic reports";
    /// Reports over the whole book.
    AnalyticsAdvanced = "analytics_advanced", "Advanced reports";
    /// Answers before others.
    PrioritySupport = "priority_support", "Priority support";
    /// A person of ours for the firm.
    DedicatedSupport = "dedicated_support", "Dedicated support";
    /// On machines of the firm.
    OnPremise = "on_premise", "On-premises or private cloud";
    /// Data kept where the firm says.
    DataResidency = "data_residency", "Data residency";
}

impl Feature {
    /// Reads the stable name back.
    pub fn parse(text: &str) -> Option<Feature> {
        Feature::ALL.iter().copied().find(|feature| feature.as_str() == text)
    }

    const fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// Some features. As JSON a list of names; a name that this version does not know is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeatureSet(u64);

impl FeatureSet {
    /// Every feature.
    pub fn all() -> Self {
        Feature::ALL.iter().copied().collect()
    }
    /// Whether it is in.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 & feature.bit() != 0
    }
    /// Puts it in or takes it out.
    pub fn set(&mut self, feature: Feature, on: bool) {
        if on { self.0 |= feature.bit() } else { self.0 &= !feature.bit() }
    }
    /// What is in, in the order of the plan page.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.iter().copied().filter(move |feature| self.has(*feature))
    }
}

impl FromIterator<Feature> for FeatureSet {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        let mut set = Self::default();
        features.into_iter().for_each(|feature| set.set(feature, true));
        set
    }
}

impl Serialize for FeatureSet {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter().map(Feature::as_str))
    }
}

impl<'de> Deserialize<'de> for FeatureSet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let names = Vec::<Cow<'de, str>>::deserialize(from)?;
        Ok(names.iter().filter_map(|name| Feature::parse(name)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_reads_back_and_forgets_names_of_another_version() {
        let mut set: FeatureSet = [Feature::ApiAccess, Feature::CustomRoles].into_iter().collect();
        let text = serde_json::to_string(&set).unwrap();
        assert_eq!(text, r#"["custom_roles","api_access"]"#);
        assert_eq!(serde_json::from_str::<FeatureSet>(&text).unwrap(), set);
        let newer = r#"["api_access","teleport","custom_roles"]"#;
        assert_eq!(serde_json::from_str::<FeatureSet>(newer).unwrap(), set);
        set.set(Feature::ApiAccess, false);
        assert!(!set.has(Feature::ApiAccess) && set.has(Feature::CustomRoles));
        assert_eq!(FeatureSet::all().iter().count(), Feature::ALL.len());
    }
}
