// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reading an answer ignores an interrupt (Java 17), so a cancelled read is ended by closing its stream. */
final class InterruptibleReads {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptibleReads.class);

    private final Map<Thread, InputStream> open = new ConcurrentHashMap<>();
    private final Set<Thread> givenUp = ConcurrentHashMap.newKeySet();

    /** Registers a stream as the one that the current thread reads, until it is closed. */
    InputStream reading(InputStream stream) throws IOException {
        Thread reader = Thread.currentThread();
        open.put(reader, stream);
        if (reader.isInterrupted() || givenUp.contains(reader)) {
            // It was cancelled before the stream was open.
            open.remove(reader);
            stream.close();
            throw new InterruptedIOException("given up");
        }
        return new FilterInputStream(stream) {
            @Override
            public void close() throws IOException {
                open.remove(reader, stream);
                super.close();
            }
        };
    }

    /** Cancels the present reads of a thread, and later ones until {@link #done}. */
    void breakOff(Thread reader) {
        givenUp.add(reader);
        InputStream stream = open.remove(reader);
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException alreadyBroken) {
                LOG.debug("closing cancelled answer failed; it has ended", alreadyBroken);
            }
        }
    }

    boolean isGivenUp() {
        return givenUp.contains(Thread.currentThread());
    }

    /** Ends the work of the thread: its next work is not cancelled. */
    void done(Thread reader) {
        givenUp.remove(reader);
    }

    void breakOffAll() {
        open.keySet().forEach(this::breakOff);
    }
}
