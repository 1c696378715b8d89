//! A text as lines with their places.

/// The lines of a text. Indexes beyond the end are blank lines at the end.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<(usize, &'a str)>,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut at = 0;
        let starts = text
            .split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                (start, line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'))
            })
            .collect();
        Self { text, starts }
    }

    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where the line begins; the end of the text for what is beyond it.
    pub fn start(&self, index: usize) -> usize {
        self.starts.get(index).map_or(self.text.len(), |(start, _)| *start)
    }

    /// The line without blanks around it.
    pub fn text(&self, index: usize) -> &'a str {
        self.starts.get(index).map_or("", |(_, line)| line)
    }

    pub fn is_blank(&self, index: usize) -> bool {
        self.text(index).is_empty()
    }

    pub fn is_quoted(&self, index: usize) -> bool {
        self.text(index).starts_with('>')
    }

    /// A line of dashes, stars and their like only.
    pub fn is_rule(&self, index: usize) -> bool {
        let line = self.text(index);
        !line.is_empty() && line.chars().all(|c| "-_=*~+#\u{2014}\u{2013}\u{1427}".contains(c))
    }

    /// The first line with something on it from `index` on.
    pub fn next_text(&self, index: usize) -> Option<usize> {
        (index..self.len()).find(|&line| !self.is_blank(line))
    }

    /// The first of the rules and blank lines that stand right above `index`, if there is a rule among them.
    pub fn before_rules(&self, index: usize) -> usize {
        let mut first = index;
        for line in (0..index).rev() {
            if self.is_rule(line) {
                first = line;
            } else if !self.is_blank(line) {
                break;
            }
        }
        first
    }
}
