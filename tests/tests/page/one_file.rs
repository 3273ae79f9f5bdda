//! The page as one file, opened from a disk and in a frame.

use acceptance::browser::Page;
use xtask::site::Site;

/// Checks an example in the window or frame that `root` names.
fn answers_in(page: &Page, root: &str) {
    page.wait_for(&format!("{root}.querySelector('#paste')")).unwrap();
    page.ask(&format!("{root}.querySelector('#example-1').click()")).unwrap();
    page.wait_for(&format!("{root}.querySelector('#verdict')?.textContent.startsWith('Not ready for ')"))
        .unwrap();
    page.wait_for(&format!("{root}.querySelectorAll('.finding').length > 3")).unwrap();
    let background = page.ask(&format!("getComputedStyle({root}.body).fontSize")).unwrap();
    assert_eq!(background, "15px", "the styles are refused");
}

#[test]
fn the_one_file_gives_the_same_answer_from_a_disk() {
    let file = xtask::dist().join(xtask::single::NAME);
    assert!(file.is_file(), "the page is not built; `cargo xtask build` does it");
    let page = Page::open(&format!("file://{}", file.display())).unwrap();
    answers_in(&page, "document");
    // The worker and the icon are made of what is in the file.
    let inside = |one: &String| one.starts_with("data:") || one.starts_with("blob:");
    let asked: Vec<_> = page.requests().unwrap().into_iter().filter(|one| !inside(one)).collect();
    assert_eq!(asked.len(), 1, "the file asks for more than itself: {asked:?}");
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn the_one_file_works_in_a_sandboxed_frame() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("wiki");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(xtask::dist().join(xtask::single::NAME), folder.join("page.html")).unwrap();
    let host = "<!doctype html><html lang=en><title>Wiki</title><body><iframe id=f sandbox=allow-scripts src=page.html width=900 height=700></iframe>";
    std::fs::write(folder.join("index.html"), host).unwrap();
    let site = Site::open(&folder, 0).unwrap();
    let page = Page::open(&site.address()).unwrap();
    page.wait_for("document.querySelector('#f')").unwrap();
    page.frame(Some("#f")).unwrap();
    answers_in(&page, "document");
    assert_eq!(page.ask("location.origin === 'null' || window.origin").unwrap(), "null");
    page.frame(None).unwrap();
}
