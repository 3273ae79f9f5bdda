//! A server of files on loopback, for a look at the page and for its tests.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Result;

/// A folder that is served; no longer when this is dropped.
///
/// One thread and one answer a connection: a browser opens some that it never uses, and a pool of threads
/// waits for those.
pub struct Site {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Site {
    /// Serves a folder on 127.0.0.1; port 0 takes a free one.
    pub fn open(folder: &Path, port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let ended = Arc::new(AtomicBool::new(false));
        let (over, folder) = (Arc::clone(&ended), folder.to_path_buf());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let folder = folder.clone();
                // A reader who has gone is no concern of the server.
                thread::spawn(move || drop(answer(stream, &folder)));
            }
        });
        Ok(Self { address, ended })
    }

    /// The address of the page, with a slash at its end.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the process is ended from outside.
    pub fn serve_until_killed(&self) -> ! {
        loop {
            thread::park();
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the listener, which then sees that it should stop.
        let _ = TcpStream::connect(self.address);
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut lines = BufReader::new((&stream).take(64 * 1024)).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head is read, or the browser would take the closed connection for a lost one.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let Some(url) = first.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()) else { return Ok(()) };
    let file = wanted(url, folder);
    let (status, kind, body) = match fs::read(&file) {
        Ok(body) => ("200 OK", media_type(&file), body),
        Err(_) => ("404 Not Found", "text/plain; charset=utf-8", b"Not found".to_vec()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

/// The file that an address names; never one outside of the folder.
fn wanted(url: &str, folder: &Path) -> PathBuf {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    match path {
        "" => folder.join("index.html"),
        path if inside => folder.join(path),
        _ => folder.join("outside"),
    }
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "webmanifest") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_leads_out_of_the_folder() {
        let folder = Path::new("dist");
        assert_eq!(wanted("/", folder), folder.join("index.html"));
        assert_eq!(wanted("/a/b.js?x=/../..", folder), folder.join("a/b.js"));
        for url in ["/../Cargo.toml", "//etc/passwd/..", "/a/../../Cargo.toml"] {
            assert_eq!(wanted(url, folder), folder.join("outside"), "{url}");
        }
        assert!(wanted("//etc/passwd", folder).starts_with(folder));
    }

    #[test]
    fn a_file_is_served_with_its_media_type_until_the_site_is_dropped() {
        let site = Site::open(&crate::root(), 0).unwrap();
        let mut stream = TcpStream::connect(site.address).unwrap();
        stream.write_all(b"GET /LICENSE-MIT HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("Permission is hereby granted"));
        drop(site);
    }
}
