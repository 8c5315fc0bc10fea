//! The person at the terminal while a login waits: keys are read unseen, and the terminal is left as it was.

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, IsTerminal, Read, Write};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread::JoinHandle;

    use rustix::process::{Signal, getpid, kill_process};
    use rustix::termios::{
        LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr,
        tcgetwinsize, tcsetattr, ttyname,
    };

    use crate::login::typed::{After, Keys, Typed};

    /// Asks the terminal to mark what is pasted.
    const MARK_PASTES: &[u8] = b"\x1b[?2004h";
    const DO_NOT_MARK: &[u8] = b"\x1b[?2004l";

    /// Reads until it is dropped.
    pub(crate) struct Person {
        typed: Receiver<Typed>,
        terminal: Arc<Unseen>,
        stop: Arc<AtomicBool>,
        reader: Option<JoinHandle<()>>,
    }

    impl Person {
        /// `None` where nobody sits at standard input.
        pub(crate) fn listen() -> Option<Self> {
            let stdin = io::stdin();
            if !stdin.is_terminal() {
                return None;
            }
            // Opened anew: what is changed for it is not changed for who shares standard input.
            let name = ttyname(&stdin, Vec::new()).ok()?;
            let name = name.to_str().ok()?.to_owned();
            let terminal = File::options().read(true).write(true).open(name).ok()?;
            let terminal = Arc::new(Unseen::begin(terminal).ok()?);
            let unseen = Arc::clone(&terminal);
            let (send, typed) = channel();
            let stop = Arc::new(AtomicBool::new(false));
            let stopped = Arc::clone(&stop);
            let reader = std::thread::spawn(move || read(&unseen, &send, &stopped));
            Some(Self {
                typed,
                terminal,
                stop,
                reader: Some(reader),
            })
        }

        /// What was typed since.
        pub(crate) fn typed(&self) -> Option<Typed> {
            self.typed.try_recv().ok()
        }

        /// To the person alone, wherever standard error goes.
        pub(crate) fn show(&self, text: &str) {
            // The terminal may be gone; nobody is there to read it then.
            let _ = (&self.terminal.terminal).write_all(text.as_bytes());
        }

        /// Ctrl-Z: the shell has its terminal until it wakes this program again. On the main thread, which the system asks
        /// first to stop: another one would run on, and hide the keys again before it does.
        pub(crate) fn pause(&self) {
            self.terminal.restore();
            let _ = kill_process(getpid(), Signal::TSTP);
            let _ = self.terminal.hide();
        }

        pub(crate) fn columns(&self) -> usize {
            tcgetwinsize(&self.terminal.terminal).map_or(0, |size| usize::from(size.ws_col))
        }
    }

    impl Drop for Person {
        fn drop(&mut self) {
            self.stop.store(true, Ordering::Relaxed);
            if let Some(reader) = self.reader.take() {
                let _ = reader.join();
            }
        }
    }

    fn read(unseen: &Unseen, send: &Sender<Typed>, stop: &AtomicBool) {
        let mut keys = Keys::default();
        let mut buffer = [0; 512];
        while !stop.load(Ordering::Relaxed) {
            // Returns after a tenth of a second without a key.
            let Ok(count) = (&unseen.terminal).read(&mut buffer) else {
                break;
            };
            let mut typed = (count == 0).then(|| keys.pause()).flatten();
            for key in buffer.iter().take(count) {
                match keys.key(*key) {
                    After::More => {}
                    After::Done(done) => typed = Some(done),
                }
            }
            if let Some(typed) = typed
                && send.send(typed).is_err()
            {
                break;
            }
        }
    }

    /// The terminal gives every key as it comes and shows none, until this is dropped.
    struct Unseen {
        terminal: File,
        before: Termios,
    }

    impl Unseen {
        fn begin(terminal: File) -> io::Result<Self> {
            let before = tcgetattr(&terminal)?;
            let unseen = Self { terminal, before };
            unseen.hide()?;
            Ok(unseen)
        }

        fn hide(&self) -> io::Result<()> {
            let mut now = self.before.clone();
            now.local_modes -=
                LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
            now.special_codes[SpecialCodeIndex::VMIN] = 0;
            now.special_codes[SpecialCodeIndex::VTIME] = 1;
            tcsetattr(&self.terminal, OptionalActions::Now, &now)?;
            (&self.terminal).write_all(MARK_PASTES)
        }

        fn restore(&self) {
            // The terminal may be gone; there is nothing to put right then.
            let _ = (&self.terminal).write_all(DO_NOT_MARK);
            let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
        }
    }

    impl Drop for Unseen {
        fn drop(&mut self) {
            // What is left of a paste would run in the shell.
            let _ = tcflush(&self.terminal, QueueSelector::IFlush);
            self.restore();
        }
    }

    #[cfg(test)]
    mod tests {
        #![allow(clippy::unwrap_used)]
        use super::*;
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

        #[test]
        fn what_is_left_of_a_paste_is_not_left_to_the_shell() {
            let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
            grantpt(&person).unwrap();
            unlockpt(&person).unwrap();
            let name = ptsname(&person, Vec::new()).unwrap();
            let open = || {
                File::options()
                    .read(true)
                    .write(true)
                    .open(name.to_str().unwrap())
            };
            let before = tcgetattr(&person).unwrap();
            let unseen = Unseen::begin(open().unwrap()).unwrap();
            rustix::io::write(&person, b"touch canary\n").unwrap();
            drop(unseen);
            let after = tcgetattr(&person).unwrap();
            assert_eq!(after.local_modes, before.local_modes);
            let shell = Unseen::begin(open().unwrap()).unwrap();
            let left = (&shell.terminal).read(&mut [0; 64]).unwrap();
            assert_eq!(left, 0, "bytes are left");
        }
    }
}

#[cfg(unix)]
pub(super) use unix::Person;

/// Elsewhere nobody is listened to: the listener alone waits.
#[cfg(not(unix))]
pub(super) struct Person(());

#[cfg(not(unix))]
impl Person {
    pub(super) fn listen() -> Option<Self> {
        None
    }

    pub(super) fn typed(&self) -> Option<super::typed::Typed> {
        None
    }

    pub(super) fn show(&self, _: &str) {}

    pub(super) fn columns(&self) -> usize {
        0
    }
}
