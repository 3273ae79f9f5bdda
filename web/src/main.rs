//! Starts the page.

fn main() {
    yew::Renderer::<web::App>::new().render();
}
