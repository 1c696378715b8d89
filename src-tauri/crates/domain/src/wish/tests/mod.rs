//! Tests of the wish: the labelled set, our own sentences, any text, and opt-outs.

mod corpus;
mod sentences;
