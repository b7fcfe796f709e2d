// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses content above its limit: an archive of a few kilobytes may unpack to any size. */
final class BoundedStream extends FilterInputStream {

    private final long limit;
    private final String archive;
    private long bytes;

    BoundedStream(InputStream in, long limit, String archive) {
        super(in);
        this.limit = limit;
        this.archive = archive;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(read);
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        bytes += Math.max(0, more);
        if (bytes > limit) {
            throw RegistryFailures.refused("%s unpacks to more than %d bytes (maxUnpackedMiB in %s)"
                    .formatted(archive, limit, OciSettings.PID));
        }
    }
}
