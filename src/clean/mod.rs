//! Cleaning: a document's journalist's text, apart from the page's furniture.

use crate::article::Article;
use crate::document::{Document, Media};

/// Cleans a document; one marked [`Media::Plain`] is taken as it stands.
pub fn clean(document: &Document) -> Article {
    let text = String::from_utf8_lossy(&document.bytes).into_owned();
    match document.media {
        Media::Plain | Media::Text => Article { text, ..Article::default() },
    }
}
