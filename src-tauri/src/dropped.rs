//! Files that a person drags onto the window. The system gives their paths to the program, never to the page: what was
//! really dropped goes into [`Picked`], and the page is told where the pointer is and, at the end, what was dropped.
//!
//! Not here: what a file dropped there means. The page knows what stands under the pointer, the engine reads the file.

use serde::Serialize;
use tauri::{DragDropEvent, Emitter, Manager, PhysicalPosition, Runtime, Window, WindowEvent};

use crate::lock::Lock;
use crate::picked::Picked;

/// The window event that carries it.
const EVENT: &str = "drag";

/// A step of dragging. Places are in pixels of the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
enum Drag {
    Over { x: f64, y: f64 },
    Dropped { x: f64, y: f64, paths: Vec<String> },
    Left {},
}

/// Tells the page of a drag; of other events of the window nothing.
pub fn hear<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    if window.state::<Lock>().is_locked() {
        return;
    }
    // GTK speaks in pixels of the page already; the other systems in those of the screen.
    let scale = if cfg!(target_os = "linux") { 1.0 } else { window.scale_factor().unwrap_or(1.0) };
    let Some(drag) = step(event, scale, &window.state::<Picked>()) else { return };
    if let Err(error) = window.emit_to(window.label(), EVENT, drag) {
        tracing::debug!(%error, "the window did not take a drag");
    }
}

fn step(event: &DragDropEvent, scale: f64, picked: &Picked) -> Option<Drag> {
    let place = |at: &PhysicalPosition<f64>| (at.x / scale, at.y / scale);
    Some(match event {
        DragDropEvent::Enter { position, .. } | DragDropEvent::Over { position } => {
            let (x, y) = place(position);
            Drag::Over { x, y }
        }
        DragDropEvent::Drop { paths, position } => {
            let (x, y) = place(position);
            let paths = paths.iter().filter_map(|path| picked.remember(path.clone())).collect();
            Drag::Dropped { x, y, paths }
        }
        DragDropEvent::Leave => Drag::Left {},
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use tauri::{DragDropEvent, PhysicalPosition};

    use super::{Drag, step};
    use crate::picked::Picked;

    #[test]
    fn only_a_drop_lets_a_file_through() {
        let picked = Picked::default();
        let position = PhysicalPosition::new(300.0, 80.0);
        let paths = vec!["/home/anna/Plan.pdf".into()];
        let over = DragDropEvent::Enter { paths: paths.clone(), position };
        assert_eq!(step(&over, 2.0, &picked), Some(Drag::Over { x: 150.0, y: 40.0 }));
        assert!(picked.check("/home/anna/Plan.pdf").is_err(), "it was only dragged over the window");
        let shown = vec!["/home/anna/Plan.pdf".to_owned()];
        let dropped = step(&DragDropEvent::Drop { paths, position }, 1.0, &picked);
        assert_eq!(dropped, Some(Drag::Dropped { x: 300.0, y: 80.0, paths: shown }));
        assert!(picked.check("/home/anna/Plan.pdf").is_ok());
    }
}
