//! A bare window: GTK, one WebKit web view, a page of a few words. No program on this web view can be quicker or smaller,
//! so it is what the window's start and memory are measured against. Says `drawn` once its first frame is there.
//!
//! Built for the benchmark only, behind the feature `bare-window`: the other tests shall not need WebKit's headers.

#![allow(missing_docs)]

use gtk::prelude::{ContainerExt, GtkWindowExt, WidgetExt};
use webkit2gtk::{WebView, WebViewExt};

/// The same way to tell a drawn frame as the program's own page goes.
const PAGE: &str = "<!doctype html><meta charset=utf-8><title>bare</title><p>Nothing is in this window.</p>\
    <script>requestAnimationFrame(() => setTimeout(() => { document.title = 'drawn' }))</script>";

fn main() -> Result<(), gtk::glib::BoolError> {
    gtk::init()?;
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_default_size(1360, 860);
    let view = WebView::new();
    view.connect_title_notify(|view| {
        if view.title().is_some_and(|title| title == "drawn") {
            println!("drawn");
        }
    });
    view.load_html(PAGE, None);
    window.add(&view);
    window.connect_destroy(|_| gtk::main_quit());
    window.show_all();
    gtk::main();
    Ok(())
}
