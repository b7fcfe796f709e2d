// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Replaces a name by another of the same length wherever it occurs in a stream: announced lengths stay right. */
final class RenamingStream extends FilterOutputStream {

    private final byte[] from;
    private final byte[] to;
    private int matched;

    RenamingStream(OutputStream out, String from, String to) {
        super(new BufferedOutputStream(out));
        this.from = from.getBytes(StandardCharsets.US_ASCII);
        this.to = to.getBytes(StandardCharsets.US_ASCII);
        if (this.from.length != this.to.length) {
            throw new IllegalArgumentException("%s and %s are not of the same length".formatted(from, to));
        }
    }

    @Override
    public void write(int next) throws IOException {
        byte letter = (byte) next;
        if (letter != from[matched]) {
            out.write(from, 0, matched);
            matched = 0;
        }
        if (letter != from[matched]) { // no name occurs again within itself
            out.write(next);
            return;
        }
        matched++;
        if (matched == from.length) {
            out.write(to);
            matched = 0;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Flushes the held-back bytes; a possible beginning of the name is held back until more bytes come. */
    @Override
    public void close() throws IOException {
        out.write(from, 0, matched);
        matched = 0;
        super.close();
    }
}
