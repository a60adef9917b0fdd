//! Joins: a union-find over forms that remembers which rules joined them.

/// Which forms are one, and why.
#[derive(Debug)]
pub struct Joins {
    parent: Vec<usize>,
    evidence: Vec<Vec<&'static str>>,
}

impl Joins {
    /// Nothing joined yet.
    pub fn new(len: usize) -> Joins {
        Joins { parent: (0..len).collect(), evidence: vec![Vec::new(); len] }
    }

    /// The form that stands for all that `form` is joined with.
    pub fn root(&mut self, form: usize) -> usize {
        let mut root = form;
        while self.parent[root] != root {
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    /// Says that two forms are one, by `rule`. The earlier root stays root.
    pub fn join(&mut self, a: usize, b: usize, rule: &'static str) {
        let (a, b) = (self.root(a), self.root(b));
        let (root, child) = (a.min(b), a.max(b));
        if root != child {
            self.parent[child] = root;
            let moved = std::mem::take(&mut self.evidence[child]);
            for rule in moved.into_iter().chain([rule]) {
                self.note(root, rule);
            }
        }
    }

    /// Notes that a rule was used on an entity.
    pub fn note(&mut self, form: usize, rule: &'static str) {
        let root = self.root(form);
        if !self.evidence[root].contains(&rule) {
            self.evidence[root].push(rule);
        }
    }

    /// The rules that made the entity of `form`, in the order they were used.
    pub fn evidence(&mut self, form: usize) -> Vec<&'static str> {
        let root = self.root(form);
        self.evidence[root].clone()
    }

    /// The distinct roots of some forms, in order.
    pub fn roots(&mut self, forms: &[usize]) -> Vec<usize> {
        let mut roots: Vec<usize> = forms.iter().map(|&f| self.root(f)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

#[cfg(test)]
mod tests {
    use super::Joins;

    #[test]
    fn joined_forms_share_root_and_evidence() {
        let mut joins = Joins::new(4);
        joins.join(2, 3, "a");
        joins.join(0, 3, "b");
        assert_eq!(joins.root(2), 0);
        assert_eq!(joins.evidence(3), ["a", "b"]);
        assert_eq!(joins.root(1), 1);
        assert_eq!(joins.roots(&[3, 2, 1]), [0, 1]);
    }
}
