// The texts of the page's plain scripts in `web/static`, which speak before and beside the shell: the first of them to run, so that
// the others have its names. See `mod.rs` for the rest.

// Starting and failing.
const FAILED = "The page has failed";
const FAILED_SAVE = "The page has failed and stands still. Your texts are kept: save them, then reload the page. Nothing was sent anywhere.";
const FROM_DISK = "browsers load its parts from a server only";
const notStarted = (error) => `The page could not start in this browser: ${error}. Nothing was sent anywhere.`;
const COMMAND = " The command, kafka-upgrade-check, does the same.";
const ONE_FILE = [" The page as one file, ", ", needs no server and starts from a disk; the command, kafka-upgrade-check, does the same."];
const NO_WORKER = "the worker did not start";
const NO_MESSAGE = "a message could not be read";
const CORE_ENDED = "the core has ended";
const saveOne = (path) => `Save ${path}`;

// What the page tries to send with.
const A_BEACON = "a beacon", A_SOCKET = "a web socket", EVENTS = "an event source", A_PICTURE = "a picture", A_SCRIPT = "a script", A_STYLE = "a style sheet", A_PRELOAD = "a preload", A_FRAME = "a frame", A_FORM = "a form";

// Files that come in.
const DROP = "Drop to check";
const dropping = (items) => `${items === 1 ? "1 file or folder" : `${items} files or folders`}, read in this page and nowhere else.`;
const reading = (done, all) => `Reading ${done} of ${all} files`;
const READ_HERE = "They are read in this page and stay in it.";
const notOpened = (path, error) => `${path} was not read: the browser could not open it (${error}). Check that it is still there and that you may read it, then drop it again.`;
const notRead = (path) => `${path} was not read: reading it stopped with an error of the page. The other files are checked; kafka-upgrade-check, the command, may read it.`;
const tooMany = (folder, most) => `${folder} was not read: it holds more than ${most} files. Drop the folder with the configuration alone.`;
const notWhole = (folder) => `${folder} was not read to its end: reading it stopped with an error of the page. Drop it again, or the files in it.`;
const notListed = (folder, error) => `${folder} was not read: the browser could not list it (${error}). Drop the files in it.`;

// Texts that are kept.
const NOT_FROM_DISK = "A page that is opened from a disk keeps nothing: all such pages would share it.";
const NOT_IN_FRAME = "This frame has no storage of its own, so nothing is kept.";
const NO_ROOM = "Not kept: this browser has no room left for it. Your texts are here as long as the page is open.";
const NOT_KEPT = "Not kept: this browser keeps nothing for this page. Your texts are here as long as the page is open.";
const keepFor = (days) => ` Keep my texts in this browser for ${days} days, so that they are back after a reload`;
const WHAT_RUNS = "what you run", WHAT_TICKED = "what you ticked";
const andMore = (first, number) => (number ? `${first} and ${number} more` : first);
const RESTORE = "Restore";
const restoreOne = (what) => `Restore ${what}`;
const keptAgo = (what, ago) => `${what}, kept ${ago}`;
const FORGET = "Forget everything kept here";
const FORGOTTEN = "Forgotten: texts, ticks and settings of this page, in all tabs.";
const NOW = "just now";
const [MINUTES, HOURS, DAYS_AGO] = ["minute", "hour", "day"].map((unit) => (number) => `${number} ${unit}${number === 1 ? "" : "s"} ago`);
const TEXT_OF = "Text of "; // as `files.rs` begins the label of a text

// Long texts.
const FIND = "Find in this text";
const atLine = (line) => `line ${line.toLocaleString("en")}`;
const NOT_FOUND = "not found";

// Links.
const linkTooLarge = (megabytes) => `it holds more than ${megabytes} MB`;
const LINK_LONG = "it is too long";
const LINK_STRANGE = "it is no list of texts";
const LINK_BROKEN = "a part of it is missing or changed, as where a program cuts long links";
const LINK_NEWER = "its form is not known here, and a newer copy of this page may read it";
const linkNotRead = (why) => `The link could not be read: ${why}. Nothing was opened.`;
const SHARED = "A shared answer";
const SHARED_ABOUT = "A shared answer, as its link holds it: it was not checked here. Nothing was sent anywhere.";
const SHARED_CLOSE = "Close, and check your own files";
const BY_HAND = "To be copied by hand";
const COPY_LINK = "Copy link", COPY_TEXT = "Copy text", COPIED = "Copied", NOT_COPIED = "Not copied";
const NO_ADDRESS = "This page has no address that others can open, so the buttons copy what a link would end with: #1 and what follows. Added to the address of any copy of this page, on a site or a disk, it opens there.";
const IN_FRAME = "This frame may be kept from saving files and from opening other pages. Where a button does nothing, copy the text instead.";
const LINK_ANSWER = ["The answer", "opens as text, without your files"];
const LINK_FILES = ["The answer and your files", "opens in this page, to be checked again"];
const linkSize = (about, signs) => `${about} · ${signs.toLocaleString("en")} characters`;
const TOO_LONG = ", too long for a browser: take a file instead";
const QUITE_LONG = ", longer than some chats and mail programs take";
const linkFailed = (why) => `this browser cannot make it: ${why}`;

// Those of `look.js` and `boot.js`, which are files of their own.
globalThis.kafkaUpgradeTexts = {
  full: "Open in full",
  absent: (address, status) => `${address} is not there (${status})`,
  torn: "the page's modules are not whole",
};
