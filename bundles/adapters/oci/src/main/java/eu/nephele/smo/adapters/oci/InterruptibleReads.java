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

/**
 * Open streams by reading thread. Reading an answer ignores an interrupt (seen with Java 17), so a cancelled read is ended by
 * closing its stream.
 */
final class InterruptibleReads {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptibleReads.class);

    private final Map<Thread, InputStream> open = new ConcurrentHashMap<>();
    private final Set<Thread> givenUp = ConcurrentHashMap.newKeySet();

    /** The same stream, known as what the current thread reads until it is closed. */
    InputStream reading(InputStream stream) throws IOException {
        Thread reader = Thread.currentThread();
        open.put(reader, stream);
        if (reader.isInterrupted() || givenUp.contains(reader)) {
            // It was given up before there was anything to close.
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

    /** Ends what a thread reads, and what it is going to read until it is {@link #done}. */
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

    /** Returns whether nobody waits any more for what the current thread does. */
    boolean isGivenUp() {
        return givenUp.contains(Thread.currentThread());
    }

    /** The thread has ended its work: what it does next nobody has given up. */
    void done(Thread reader) {
        givenUp.remove(reader);
    }

    void breakOffAll() {
        open.keySet().forEach(this::breakOff);
    }
}
