//! What the OpenAPI document lists.

use std::collections::BTreeSet;

/// Operations of the document.
pub fn documented() -> BTreeSet<String> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    paths
        .flat_map(|path| path.as_object().unwrap().values())
        .filter_map(|operation| Some(operation["operationId"].as_str()?.to_owned()))
        .collect()
}
