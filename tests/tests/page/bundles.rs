//! The JavaScript package as bundlers pack it into pages of others. `cargo xtask npm` has to have bundled them.

use acceptance::browser::Page;
use xtask::npm::{BUNDLERS, bundled};
use xtask::site::Site;

#[test]
fn a_page_that_a_bundler_packed_checks_in_itself_in_its_worker_and_in_the_element() {
    for bundler in BUNDLERS {
        let folder = bundled(bundler);
        assert!(
            folder.join("index.html").is_file(),
            "{bundler} has bundled nothing; `cargo xtask npm` has it do so"
        );
        // Below a path, as sites are.
        let top = folder.parent().unwrap();
        let site = Site::open(top, 0).unwrap();
        let page = Page::open(&format!("{}{bundler}/index.html", site.address())).unwrap();
        page.wait_for("window.page && window.inWorker && window.element")
            .unwrap_or_else(|error| panic!("{bundler}: {error}"));
        assert_eq!(
            page.ask("[window.page.verdict, window.page.path.to, window.element.path.to]").unwrap(),
            serde_json::json!(["blocked", "4.0.0", "4.0.0"]),
            "{bundler}"
        );
        let same = "JSON.stringify(window.page) === JSON.stringify(window.inWorker)";
        assert_eq!(page.ask(same).unwrap(), true, "{bundler}");
        assert_eq!(page.complaints().unwrap(), Vec::<String>::new(), "{bundler}");
    }
}
