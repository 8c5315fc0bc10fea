//! Names and their explanations, as helps show them.

/// Where explanations begin, and where lines end.
const COLUMN: usize = 30;
const WIDTH: usize = 94;

/// A name and its explanation, in two columns.
pub(crate) fn wrapped(name: &str, explanation: &str) -> String {
    let mut text = format!("  {name}");
    let mut column = text.chars().count();
    if column >= COLUMN {
        text.push('\n');
        column = 0;
    }
    let mut first = true;
    for word in explanation.split_whitespace() {
        let length = word.chars().count();
        if !first && column + 1 + length > WIDTH {
            text.push('\n');
            column = 0;
            first = true;
        }
        if first {
            text.push_str(&" ".repeat(COLUMN.saturating_sub(column)));
            column = COLUMN;
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
        first = false;
    }
    text.push('\n');
    text
}
