//! Tests of the wish: the labelled set, our own sentences, any text, and opt-outs.

mod any_text;
mod corpus;
mod sentences;
