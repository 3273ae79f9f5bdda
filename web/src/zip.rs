//! Several files as one: a ZIP archive whose entries are stored, not compressed.
//!
//! A library for it includes compression, encryption and clocks; of the format only this much is needed (APPNOTE 6.3,
//! sections 4.3.7, 4.3.12 and 4.3.16). Names are UTF-8 and every entry bears the format's first day, 1 January 1980,
//! so the same files make the same bytes.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

/// The checksum of ISO 3309, bit by bit: a few hundred kilobytes per click need no table.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// 1980-01-01 as MS-DOS writes it.
const DAY: u16 = 0x21;

/// Bit 11 of the general purpose flags: the name is UTF-8.
const UTF8: u16 = 0x800;

/// The archive of these names and contents; offsets have 32 bits, so 4 GB at most.
pub(crate) fn archive<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, content) in files {
        let start = size(out.len());
        let fields = entry(name, content);
        out.extend(0x0403_4b50_u32.to_le_bytes());
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(content);
        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&fields);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
        count = count.saturating_add(1);
    }
    let (start, length) = (size(out.len()), size(directory.len()));
    out.append(&mut directory);
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What the entry and its line in the directory share, from the version needed to the length of extra fields.
fn entry(name: &str, content: &[u8]) -> Vec<u8> {
    let mut fields = Vec::with_capacity(26);
    for field in [20, UTF8, 0, 0, DAY] {
        fields.extend(field.to_le_bytes());
    }
    for field in [CRC.checksum(content), size(content.len()), size(content.len())] {
        fields.extend(field.to_le_bytes());
    }
    fields.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    fields.extend([0; 2]);
    fields
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::disallowed_types, reason = "another program unpacks what was packed here")]
mod tests {
    use super::*;
    use std::io::Write;
    use std::process::{Command, Stdio};

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(CRC.checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(CRC.checksum(b""), 0);
    }

    #[test]
    fn another_program_reads_names_and_contents_back() {
        let files: [(&str, &[u8]); 3] =
            [("brokers/server.properties", b"a=1\n"), ("\u{fc}.conf", b""), ("b.bin", &[0, 255, 10])];
        let script = "import sys, io, zipfile\nz = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\nassert z.testzip() is None\nfor i in z.infolist(): print(ascii(i.filename), z.read(i))";
        let mut python = Command::new("python3")
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        python.stdin.take().unwrap().write_all(&archive(files)).unwrap();
        let output = python.wait_with_output().unwrap();
        let read = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            read,
            "'brokers/server.properties' b'a=1\\n'\n'\\xfc.conf' b''\n'b.bin' b'\\x00\\xff\\n'\n"
        );
    }
}
