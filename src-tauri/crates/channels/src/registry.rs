//! The list of channel kinds. A new one is a folder and two adjacent lines here: its module and its entry.

use std::path::Path;

use theke_domain::medium::ChannelKind;

use crate::spec::Spec;
use crate::{email, http, practice, telegram};

/// Every kind that this program and this profile know.
#[derive(Clone, Default)]
pub struct Registry {
    specs: Vec<Spec>,
    /// Definitions of the user's own that could not be read: file, line, what was expected.
    pub broken: Vec<String>,
}

impl Registry {
    /// The shipped kinds, and the user's own connector files in `connectors_dir` (`*.toml`), if given.
    pub fn load(connectors_dir: Option<&Path>) -> Self {
        let (connectors, broken) = http::specs();
        let mut registry = Self { specs: vec![email::spec()], broken };
        registry.specs.extend(connectors);
        registry.specs.push(telegram::spec());
        if let Some(dir) = connectors_dir {
            let (own, broken) = http::user_specs(dir);
            registry.broken.extend(broken);
            for spec in own {
                registry.add_own(spec);
            }
        }
        registry
    }

    /// What a practice profile knows: kinds that reach no real person, and no others.
    pub fn practice() -> Self {
        Self::of(practice::specs().into_iter().filter(|spec| spec.capabilities.sandbox).collect())
    }

    /// A file of the user's own cannot take the place of a kind that is there: accounts of that kind would change
    /// under their owner.
    fn add_own(&mut self, spec: Spec) {
        if self.get(&spec.kind).is_some() {
            self.broken.push(format!("the id {} is taken, expected one of its own", spec.kind));
        } else {
            self.specs.push(spec);
        }
    }

    /// A registry of exactly these kinds.
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
