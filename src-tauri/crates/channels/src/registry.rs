//! The list of channel kinds. A new one is a folder and two adjacent lines here: its module and its entry.

use std::path::Path;

use theke_domain::medium::ChannelKind;

use crate::spec::Spec;

/// Every kind that this program and this profile know.
#[derive(Clone, Default)]
pub struct Registry {
    specs: Vec<Spec>,
    /// Definitions of the user's own that could not be read: file, line, what was expected.
    pub broken: Vec<String>,
}

impl Registry {
    /// The shipped kinds, and the user's own connector files in `connectors_dir` (`*.toml`), if given.
    pub fn load(_connectors_dir: Option<&Path>) -> Self {
        Self::default()
    }

    /// A registry of exactly these kinds, for tests.
    pub fn of(specs: Vec<Spec>) -> Self {
        Self { specs, broken: Vec::new() }
    }

    /// All kinds in the order in which they are offered.
    pub fn specs(&self) -> &[Spec] {
        &self.specs
    }

    /// The kind of this slug.
    pub fn get(&self, kind: &ChannelKind) -> Option<&Spec> {
        self.specs.iter().find(|spec| spec.kind == *kind)
    }
}
