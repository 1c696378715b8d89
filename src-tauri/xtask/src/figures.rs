//! Figures that tests print: how well a labelled set is met, say. A test writes `figure: what, how much` on a line of its
//! own, and `cargo verify` repeats all of them at its end, where a person sees them without reading logs.
//!
//! Any test may do so; nothing is listed here. Not here: bounds. A test holds its own and fails by itself.

use std::collections::BTreeSet;

use crate::count::without_colour;

/// How a line begins that holds a figure.
const PREFIX: &str = "figure: ";

/// The figures of a run: each once, in the order of their names, since tests end in any order.
#[derive(Default)]
pub struct Figures(BTreeSet<String>);

impl Figures {
    /// Takes what `text`, a log, holds of them.
    pub fn gather(&mut self, text: &str) {
        let plain = without_colour(text);
        let said = plain.lines().filter_map(|line| line.strip_prefix(PREFIX)).map(str::trim);
        self.0.extend(said.filter(|figure| !figure.is_empty()).map(str::to_owned));
    }

    /// A heading and a line for each; nothing at all where there are none.
    pub fn text(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let lines = self.0.iter().map(|figure| format!("  {figure}\n"));
        std::iter::once("\nFigures\n".to_owned()).chain(lines).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn lines_with_the_prefix_are_gathered_from_several_logs_once_and_in_order() {
        let mut figures = Figures::default();
        figures.gather(
            "running 2 tests\ntest a ... ok\n\nsuccesses:\n\n---- a stdout ----\nfigure: wishes, held-out half: 0.99\n\
             no figure: not at the start\nmissed w1\nfigure: \n\n",
        );
        figures
            .gather("\u{1b}[2mfigure: search: 58 of 58\u{1b}[22m\r\nfigure: wishes, held-out half: 0.99\n");
        assert_eq!(figures.text(), "\nFigures\n  search: 58 of 58\n  wishes, held-out half: 0.99\n");
    }

    #[test]
    fn without_figures_there_is_no_heading() {
        let mut figures = Figures::default();
        figures.gather("test result: ok. 1 passed; 0 failed\n");
        assert_eq!(figures.text(), "");
    }
}
