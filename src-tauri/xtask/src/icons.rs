//! `cargo xtask icons`: draws the generated set in `icons/` from `icons/theke.svg`.
//!
//! The set is committed, so that nobody needs a renderer to build. `.ico` and `.icns` are plain containers around
//! PNG pictures, which every Windows since Vista and every macOS since 10.7 reads; a crate for each would be more
//! code than the two functions here.

use std::path::Path;

use anyhow::{Context, Result};
use resvg::{tiny_skia, usvg};

const PNG_FILES: &[(&str, u32)] =
    &[("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];
const ICO_SIZES: &[u32] = &[16, 20, 24, 32, 48, 64, 256];
/// Type codes of Apple's icon container and the pixels behind each.
const ICNS_TYPES: &[(&[u8; 4], u32)] = &[
    (b"icp4", 16),
    (b"icp5", 32),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic13", 256),
    (b"ic09", 512),
    (b"ic14", 512),
    (b"ic10", 1024),
];

/// Draws the whole set.
pub fn draw(root: &Path) -> Result<()> {
    let folder = root.join("icons");
    let source = std::fs::read(folder.join("theke.svg")).context("icons/theke.svg cannot be read")?;
    let tree = usvg::Tree::from_data(&source, &usvg::Options::default())?;
    for (name, pixels) in PNG_FILES {
        std::fs::write(folder.join(name), png(&tree, *pixels)?)?;
    }
    std::fs::write(folder.join("icon.ico"), ico(&tree)?)?;
    std::fs::write(folder.join("icon.icns"), icns(&tree)?)?;
    println!("drawn from icons/theke.svg: {} pictures, icon.ico, icon.icns", PNG_FILES.len());
    Ok(())
}

/// One RGBA picture, `pixels` wide and high.
fn png(tree: &usvg::Tree, pixels: u32) -> Result<Vec<u8>> {
    let mut picture = tiny_skia::Pixmap::new(pixels, pixels).context("a picture of no size")?;
    let factor = f64::from(pixels) / f64::from(tree.size().width());
    #[allow(clippy::cast_possible_truncation)]
    let scale = tiny_skia::Transform::from_scale(factor as f32, factor as f32);
    resvg::render(tree, scale, &mut picture.as_mut());
    Ok(picture.encode_png()?)
}

/// A Windows icon: a directory of sizes, then the pictures.
fn ico(tree: &usvg::Tree) -> Result<Vec<u8>> {
    let mut head = vec![0, 0, 1, 0];
    head.extend(u16::try_from(ICO_SIZES.len())?.to_le_bytes());
    let mut body = Vec::new();
    let body_start = 6 + 16 * ICO_SIZES.len();
    for pixels in ICO_SIZES {
        let picture = png(tree, *pixels)?;
        // One byte for each side; 256 is written as 0.
        let side = u8::try_from(*pixels).unwrap_or(0);
        head.extend([side, side, 0, 0, 1, 0, 32, 0]);
        head.extend(u32::try_from(picture.len())?.to_le_bytes());
        head.extend(u32::try_from(body_start + body.len())?.to_le_bytes());
        body.extend(picture);
    }
    head.extend(body);
    Ok(head)
}

/// An Apple icon: typed chunks, each with its own length.
fn icns(tree: &usvg::Tree) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    for (kind, pixels) in ICNS_TYPES {
        let picture = png(tree, *pixels)?;
        body.extend_from_slice(*kind);
        body.extend(u32::try_from(picture.len() + 8)?.to_be_bytes());
        body.extend(picture);
    }
    let mut file = b"icns".to_vec();
    file.extend(u32::try_from(body.len() + 8)?.to_be_bytes());
    file.extend(body);
    Ok(file)
}
