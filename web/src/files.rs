//! Files that the reader drops or opens: their bytes as text.

use gloo::file::futures::read_as_bytes;
use gloo::file::{File, FileList};
use kafka_upgrade_protocol::Encoding;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::state::{Action, Incoming};

/// A file larger than this is no configuration.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// Reads every file and reports the outcome, once.
pub(crate) fn read(files: &FileList, send: Callback<Action>) {
    let files: Vec<File> = files.to_vec();
    spawn_local(async move {
        let mut texts = Vec::new();
        for file in files {
            match text(&file).await {
                Ok(text) => texts.push(text),
                Err(sentence) => send.emit(Action::Notice(sentence)),
            }
        }
        if !texts.is_empty() {
            send.emit(Action::Add(texts));
        }
    });
}

async fn text(file: &File) -> Result<Incoming, String> {
    let name = file.name();
    if file.size() > MOST_BYTES {
        return Err(format!(
            "{name} was not read: it has {} MB, and this page takes files of up to 8 MB.",
            file.size() / 1_000_000
        ));
    }
    let bytes = read_as_bytes(file)
        .await
        .map_err(|error| format!("{name} was not read: {error}. If it is a folder, drop the files in it."))?;
    decode(&name, bytes)
}

/// UTF-8 where it is that, else Latin-1, as which Kafka reads its files.
fn decode(name: &str, bytes: Vec<u8>) -> Result<Incoming, String> {
    if bytes.contains(&0) {
        return Err(format!("{name} was not read: it is no text (it holds zero bytes)."));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Incoming::text(name, text),
        Err(error) => {
            let text: String = error.into_bytes().into_iter().map(char::from).collect();
            Incoming { encoding: Encoding::Latin1, ..Incoming::text(name, text) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_utf_8_or_latin_1_and_a_binary_is_refused_by_name() {
        let read =
            |bytes: &[u8]| decode("a", bytes.to_vec()).map(|read| (read.text.to_string(), read.encoding));
        assert_eq!(read(b"caf\xc3\xa9"), Ok(("café".into(), Encoding::Utf8)));
        assert_eq!(read(b"caf\xe9"), Ok(("café".into(), Encoding::Latin1)));
        assert!(
            decode("a.jar", b"PK\0".to_vec())
                .is_err_and(|sentence| sentence.starts_with("a.jar was not read"))
        );
    }
}
