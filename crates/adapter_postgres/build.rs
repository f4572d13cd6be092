//! Makes a new migration a reason to build again; the macro that embeds them does not.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
