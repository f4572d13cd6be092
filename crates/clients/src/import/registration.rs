//! Registrations of a row: all in one cell, or one spread over simple columns.

use super::read::{Entry, Problem, Reader, cut};
use crate::parts::NewRegistration;

impl Reader<'_> {
    /// `RBI:NBFC-ICC=N-13.01234; RBI:PA`.
    pub(super) fn registrations(&mut self, text: &str) {
        for part in text.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, number) = part.split_once('=').unwrap_or((part, ""));
            let (regulator, category) = name.split_once(':').unwrap_or(("", name));
            let registration = NewRegistration {
                regulator: regulator.trim().to_owned(),
                category: category.trim().to_owned(),
                registration_no: number.trim().to_owned(),
                ..NewRegistration::default()
            };
            self.add_registration(registration, true);
        }
    }

    pub(super) fn registration(&mut self, entry: &Entry<'_>) {
        let date = if entry.date.is_some() { self.date(entry) } else { None };
        let one = self.one.get_or_insert_default();
        match entry.field {
            "regulator" => one.regulator = entry.text.to_owned(),
            "category" => match entry.text.split_once(':') {
                Some((regulator, category)) => {
                    one.regulator = regulator.trim().to_owned();
                    one.category = category.trim().to_owned();
                }
                None => one.category = entry.text.to_owned(),
            },
            "registrationNo" => one.registration_no = entry.text.to_owned(),
            "registeredOn" => one.valid_from = date,
            _ => one.valid_to = date,
        }
    }

    pub(super) fn add_registration(&mut self, mut registration: NewRegistration, packed: bool) {
        let (regulator_field, category_field) =
            if packed { ("registrations", "registrations") } else { ("regulator", "category") };
        if registration.category.is_empty() {
            // A regulator without a category says nothing that a rule could use.
            let message = "Say what the registration is, for example NBFC-ICC.";
            self.problems.push(Problem::error(category_field, message));
            return;
        }
        let named: Vec<(String, String)> = self
            .known
            .iter()
            .filter(|(_, category)| category.eq_ignore_ascii_case(&registration.category))
            .filter(|(regulator, _)| {
                registration.regulator.is_empty() || regulator.eq_ignore_ascii_case(&registration.regulator)
            })
            .cloned()
            .collect();
        match &named[..] {
            [(regulator, category)] => {
                registration.regulator.clone_from(regulator);
                registration.category.clone_from(category);
            }
            [] if registration.regulator.is_empty() => {
                let all: Vec<&str> = self.known.iter().map(|(_, category)| category.as_str()).collect();
                let category = cut(&registration.category);
                let message =
                    format!("\"{category}\" is not a registration we know. Use one of {}.", all.join(", "));
                self.problems.push(Problem::error(category_field, message));
                return;
            }
            [] => {}
            several => {
                let with: Vec<&str> = several.iter().map(|(regulator, _)| regulator.as_str()).collect();
                let category = cut(&registration.category);
                let message = format!("Say which regulator \"{category}\" is with: {}.", with.join(" or "));
                self.problems.push(Problem::error(category_field, message));
                return;
            }
        }
        let regulator = registration.regulator.to_uppercase();
        match registration.checked(self.known) {
            Ok(good) => self.data.registrations.push(good),
            Err(errors) => self.refuse(
                errors,
                |name| match name {
                    "regulator" => regulator_field,
                    "category" if packed => category_field,
                    "category" => "category",
                    _ if packed => "registrations",
                    "validTo" => "validTo",
                    _ => "registrationNo",
                },
                &self.choices(&regulator),
            ),
        }
    }

    /// What may be written for the category, after a refusal.
    fn choices(&self, regulator: &str) -> String {
        let of: Vec<&str> =
            self.known.iter().filter(|(r, _)| r == regulator).map(|(_, c)| c.as_str()).collect();
        if of.is_empty() {
            let mut all: Vec<&str> = self.known.iter().map(|(r, _)| r.as_str()).collect();
            all.dedup();
            return format!(" Use one of {}.", all.join(", "));
        }
        format!(" Use one of {}.", of.join(", "))
    }
}
