// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The content of one entry of an archive. */
final class TarEntryStream extends InputStream {

    private final InputStream tar;
    private long left;

    TarEntryStream(InputStream tar, long bytes) {
        this.tar = tar;
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = tar.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }

    /**
     * Skips to the next entry.
     *
     * @return whether the entry was complete
     */
    boolean skipToEnd(int padding) throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return left == 0 && tar.readNBytes(padding).length == padding;
    }
}
