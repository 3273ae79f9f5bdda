//! A server of files on loopback, for a look at the page and for its tests.

use std::fs;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

/// A folder that is served; no longer when this is dropped.
pub struct Site {
    server: Arc<Server>,
    address: SocketAddr,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Site {
    /// Serves a folder on 127.0.0.1; port 0 takes a free one.
    pub fn open(folder: &Path, port: u16) -> Result<Self> {
        let server = Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("{error}"))?;
        let server = Arc::new(server);
        let address = server.server_addr().to_ip().ok_or_else(|| anyhow!("not an address"))?;
        let threads = (0..4).map(|_| serve(Arc::clone(&server), folder.to_path_buf())).collect();
        Ok(Self { server, address, threads })
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
        // Each call wakes one of them, and not one that could be chosen.
        for _ in &self.threads {
            self.server.unblock();
        }
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn serve(server: Arc<Server>, folder: PathBuf) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        while let Ok(request) = server.recv() {
            answer(request, &folder);
        }
    })
}

fn answer(request: Request, folder: &Path) {
    let file = wanted(request.url(), folder);
    // A reader who has gone is no concern of the server.
    let _ = match fs::read(&file) {
        Ok(bytes) => request.respond(
            Response::from_data(bytes)
                .with_header(header("Content-Type", media_type(&file)))
                .with_header(header("X-Content-Type-Options", "nosniff"))
                .with_header(header("Cache-Control", "no-store")),
        ),
        Err(_) => request.respond(Response::from_string("Not found").with_status_code(404)),
    };
}

fn header(name: &'static str, value: &'static str) -> Header {
    Header::from_bytes(name, value).unwrap_or_else(|()| unreachable!("a header of plain letters"))
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
    use std::io::{Read, Write};
    use std::net::TcpStream;

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
