//! The parts every identifier type shares: `as_str`, `Display`, `FromStr`, `AsRef`, `Debug`.

/// Implements the shared traits for a newtype over `String` that has an inherent `parse(&str)`.
/// With `masked N`, `Debug` shows only the last `N` characters.
macro_rules! id_traits {
    (@common $name:ident) => {
        impl $name {
            /// The number in its normal written form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::IdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $name::parse(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
    ($name:ident) => {
        id_traits!(@common $name);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
    ($name:ident, masked $shown:literal) => {
        id_traits!(@common $name);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let hidden = self.0.len().saturating_sub($shown);
                let tail = self.0.get(hidden..).unwrap_or("");
                write!(f, concat!(stringify!($name), "({}{})"), "X".repeat(hidden), tail)
            }
        }
    };
}
